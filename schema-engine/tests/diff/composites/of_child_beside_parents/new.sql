CREATE TYPE c AS (n text);
CREATE TABLE p (a c);
CREATE TABLE q (b c) INHERITS (p);
