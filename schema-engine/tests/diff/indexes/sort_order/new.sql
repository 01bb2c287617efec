CREATE TABLE t (a integer, b text);
CREATE INDEX x ON t (a DESC, b NULLS FIRST);
