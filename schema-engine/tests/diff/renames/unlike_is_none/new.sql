CREATE TABLE t (b text);
CREATE TABLE new (a integer, b integer, c integer);
