CREATE EXTENSION pg_trgm;
CREATE EXTENSION vector;
CREATE TABLE t (a integer, b text, c jsonb, d vector(3));
CREATE INDEX x ON t (a) WHERE a > 1;
