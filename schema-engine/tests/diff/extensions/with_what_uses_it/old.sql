CREATE EXTENSION vector;
CREATE TABLE t (a integer, v vector(3));
CREATE INDEX x ON t USING hnsw (v vector_l2_ops);
