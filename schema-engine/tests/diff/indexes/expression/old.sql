CREATE TABLE t (a text);
CREATE INDEX x ON t (lower(a));
