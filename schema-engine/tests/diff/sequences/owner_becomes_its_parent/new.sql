CREATE SEQUENCE numbers;
CREATE TABLE item (number bigint DEFAULT 1);
CREATE TABLE book () INHERITS (item);
ALTER SEQUENCE numbers OWNED BY item.number;
