CREATE EXTENSION pg_trgm;
CREATE EXTENSION vector;
CREATE TABLE t (a integer, b text, c jsonb, d vector(3));
CREATE INDEX plain ON t (a);
CREATE UNIQUE INDEX sorted ON t (a DESC, b NULLS FIRST) INCLUDE (c) NULLS NOT DISTINCT WITH (fillfactor = 60) WHERE a > 1;
CREATE INDEX "X y" ON t (lower(b) COLLATE "C" text_pattern_ops DESC NULLS LAST, (a + 1));
CREATE INDEX words ON t USING gin (b gin_trgm_ops, c jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX near ON t USING hnsw (d vector_cosine_ops) WITH (ef_construction = 200, m = 16);
COMMENT ON INDEX near IS 'by meaning';
