CREATE TYPE address AS (street text, no integer);
CREATE TABLE t (home address);
INSERT INTO t VALUES (ROW('a', 1));
