CREATE TYPE a AS (x bigint, y text);
CREATE TYPE b AS (a a, n text);
CREATE TABLE t (b b[]);
