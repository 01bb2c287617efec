CREATE TABLE t (a integer, b text GENERATED ALWAYS AS (a::text) STORED);
