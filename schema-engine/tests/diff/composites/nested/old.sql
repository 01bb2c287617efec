CREATE TYPE a AS (x integer);
CREATE TYPE b AS (a a, n text);
CREATE TABLE t (b b[]);
