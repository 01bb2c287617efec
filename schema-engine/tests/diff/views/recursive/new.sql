CREATE TABLE t (id integer, up integer);
CREATE RECURSIVE VIEW v (id) AS SELECT id FROM t WHERE up IS NULL UNION SELECT t.id FROM t JOIN v ON t.up = v.id;
