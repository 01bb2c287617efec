CREATE TABLE t (a integer, b text);
CREATE VIEW v WITH (security_invoker = true) AS SELECT a, b FROM t;
ALTER VIEW v ALTER a SET DEFAULT 5;
COMMENT ON VIEW v IS 'x';
COMMENT ON COLUMN v.a IS 'y';
