CREATE TABLE item (name text);
CREATE TABLE book () INHERITS (item);
