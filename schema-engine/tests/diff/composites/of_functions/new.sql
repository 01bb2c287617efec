CREATE TYPE a AS (x integer, y integer);
CREATE FUNCTION f(v a) RETURNS a LANGUAGE sql AS 'SELECT v';
