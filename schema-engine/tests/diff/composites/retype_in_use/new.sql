CREATE TYPE address AS (street text, no bigint);
CREATE TABLE t (home address);
