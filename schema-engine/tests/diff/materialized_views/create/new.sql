CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 80) AS SELECT a, count(*) AS n FROM t GROUP BY a;
CREATE UNIQUE INDEX m_a ON m (a);
COMMENT ON MATERIALIZED VIEW m IS 'counted';
COMMENT ON COLUMN m.n IS 'how many';
COMMENT ON INDEX m_a IS 'for refreshing';
