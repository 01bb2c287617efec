CREATE DOMAIN d AS integer;
CREATE TYPE c AS (n d);
CREATE TABLE t (id integer, a d[], b c);
