CREATE TABLE t (b integer, g integer GENERATED ALWAYS AS (b * 2) STORED);
