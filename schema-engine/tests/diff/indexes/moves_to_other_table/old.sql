CREATE TABLE t (a integer);
CREATE TABLE u (a integer);
CREATE INDEX x ON t (a);
