-- Drops the retrieval tables. Loses every document and embedding.

DROP TABLE rag_image_embeddings;
DROP TABLE rag_caption_embeddings;
DROP TABLE rag_code_embeddings;
DROP TABLE rag_document_embeddings;
DROP TABLE rag_document_chunks;
DROP TABLE rag_documents;
