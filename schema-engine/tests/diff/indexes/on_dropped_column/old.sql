CREATE TABLE t (a integer, b integer);
CREATE INDEX x ON t (a, b);
CREATE INDEX y ON t (a) WHERE b > 0;
