CREATE TYPE a AS (x integer, y text);
