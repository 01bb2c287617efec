//! The tables of the `main` database, one module each.

#![expect(
    missing_docs,
    reason = "a field says what its column says; where that is not plain, it has a comment"
)]

pub mod agents;
pub mod ai_metadata;
pub mod column_statistics;
pub mod data_schemas;
pub mod dataset_dependencies;
pub mod dataset_versions;
pub mod datasets;
pub mod embeddings;
pub mod files;
pub mod note_attachments;
pub mod note_collaborations;
pub mod note_tags;
pub mod note_versions;
pub mod notebooks;
pub mod notes;
pub mod rag_caption_embeddings;
pub mod rag_code_embeddings;
pub mod rag_document_chunks;
pub mod rag_document_embeddings;
pub mod rag_documents;
pub mod rag_image_embeddings;
pub mod rag_performance_metrics;
pub mod resource_access_control;
pub mod search_analytics;
pub mod search_history;
pub mod tags;
pub mod todo_tags;
pub mod todos;
pub mod tool_categories;
pub mod tool_config_history;
pub mod tool_configuration;
pub mod tools;
