CREATE TYPE c AS (n integer);
CREATE TABLE p (v c);
CREATE TABLE q () INHERITS (p);
