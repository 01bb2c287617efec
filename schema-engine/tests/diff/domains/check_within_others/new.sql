CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TYPE c AS (n d);
CREATE TABLE t (id integer, a d[], b c);
