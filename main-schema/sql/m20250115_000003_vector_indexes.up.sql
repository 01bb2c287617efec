-- Creates an HNSW index for cosine distance on each retrieval embedding table.
--
-- `down` loses no rows.
-- Hazard: a table takes no writes while its index is built, which on many embeddings takes
-- minutes and wants a large `maintenance_work_mem`.

CREATE INDEX idx_document_embeddings_hnsw ON rag_document_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
CREATE INDEX idx_code_embeddings_hnsw ON rag_code_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
CREATE INDEX idx_caption_embeddings_hnsw ON rag_caption_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
CREATE INDEX idx_image_embeddings_hnsw ON rag_image_embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
