CREATE TABLE t (a integer, b tsrange, CONSTRAINT k EXCLUDE USING gist (b WITH &&) WHERE (a > 0) DEFERRABLE);
