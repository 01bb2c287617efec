CREATE FUNCTION f(b integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 1::bigint';
CREATE TABLE t (a integer);
CREATE INDEX x ON t (f(a));
