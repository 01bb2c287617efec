-- Drops `rag_performance_metrics` and gives the retrieval embedding tables their former HNSW
-- indexes back. Loses the recorded metrics.
--
-- Hazard: the tables take no writes while the indexes are built.

DROP TABLE rag_performance_metrics;

CREATE INDEX idx_document_embeddings_hnsw ON rag_document_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
CREATE INDEX idx_code_embeddings_hnsw ON rag_code_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
CREATE INDEX idx_caption_embeddings_hnsw ON rag_caption_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
CREATE INDEX idx_image_embeddings_hnsw ON rag_image_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);

DROP INDEX idx_image_embeddings_hnsw_v2;
DROP INDEX idx_caption_embeddings_hnsw_v2;
DROP INDEX idx_code_embeddings_hnsw_v2;
DROP INDEX idx_document_embeddings_hnsw_v2;
