-- Drops the HNSW indexes of the retrieval embedding tables. Loses no rows; similarity
-- searches read whole tables until the indexes are back.

DROP INDEX idx_image_embeddings_hnsw;
DROP INDEX idx_caption_embeddings_hnsw;
DROP INDEX idx_code_embeddings_hnsw;
DROP INDEX idx_document_embeddings_hnsw;
