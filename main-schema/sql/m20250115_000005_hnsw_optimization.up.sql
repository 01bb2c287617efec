-- Replaces the HNSW indexes of the retrieval embedding tables by denser ones, which find
-- more of the true neighbours at the price of size, and creates `rag_performance_metrics`
-- with what is expected of them.
--
-- `down` loses the metrics recorded since, and builds the former indexes again.
-- Hazard: the tables take no writes while their indexes are built, which on many embeddings
-- takes minutes and wants a large `maintenance_work_mem`; both sets of indexes need room.

CREATE INDEX idx_document_embeddings_hnsw_v2 ON rag_document_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 32, ef_construction = 400);
CREATE INDEX idx_code_embeddings_hnsw_v2 ON rag_code_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 32, ef_construction = 400);
CREATE INDEX idx_caption_embeddings_hnsw_v2 ON rag_caption_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 32, ef_construction = 400);
CREATE INDEX idx_image_embeddings_hnsw_v2 ON rag_image_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 32, ef_construction = 400);

-- DROP INDEX locks reads out too: after every index is built, so that it is brief.
DROP INDEX idx_document_embeddings_hnsw;
DROP INDEX idx_code_embeddings_hnsw;
DROP INDEX idx_caption_embeddings_hnsw;
DROP INDEX idx_image_embeddings_hnsw;

CREATE TABLE rag_performance_metrics (
    id SERIAL PRIMARY KEY,
    metric_name TEXT NOT NULL,
    metric_value DOUBLE PRECISION NOT NULL,
    timestamp TIMESTAMPTZ DEFAULT now(),
    metadata JSONB DEFAULT '{}'
);

CREATE INDEX idx_performance_metrics_name_time
    ON rag_performance_metrics (metric_name, timestamp);

INSERT INTO rag_performance_metrics (metric_name, metric_value)
VALUES
    ('hnsw_optimization_completed', 1.0),
    ('index_memory_usage_estimate', 2.0),
    ('expected_recall_improvement', 0.07),
    ('expected_query_time_increase', 0.005);
