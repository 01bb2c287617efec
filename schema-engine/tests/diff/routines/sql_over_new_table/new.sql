CREATE TABLE a (x integer);
CREATE TABLE t (a integer);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(a) FROM public.t';
CREATE FUNCTION e() RETURNS bigint LANGUAGE sql AS 'SELECT public.f()';
