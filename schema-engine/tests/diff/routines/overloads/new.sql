CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION f(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
