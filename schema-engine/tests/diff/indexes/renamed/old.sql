CREATE TABLE t (a integer);
CREATE INDEX x ON t (a);
