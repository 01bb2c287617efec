CREATE TABLE t (a integer, b text, CONSTRAINT k UNIQUE (a) INCLUDE (b));
