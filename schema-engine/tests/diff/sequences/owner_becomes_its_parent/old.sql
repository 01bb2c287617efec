CREATE SEQUENCE numbers;
CREATE TABLE item (number text DEFAULT 'none');
CREATE TABLE book () INHERITS (item);
ALTER SEQUENCE numbers OWNED BY book.number;
