//! `rag_document_chunks`: one row per chunk of a document.

use sea_orm::entity::prelude::*;

/// A chunk of a document, the unit that is embedded and found.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rag_document_chunks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    #[sea_orm(indexed)]
    pub document_id: Option<i32>,
    /// The position in the document.
    #[sea_orm(indexed)]
    pub chunk_index: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The length of the text, in tokens.
    pub tokens: Option<i32>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub metadata: Option<Json>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "document_id", to = "id", on_delete = "Cascade")]
    pub document: BelongsTo<Option<super::rag_documents::Entity>>,
    #[sea_orm(has_many)]
    pub embeddings: HasMany<super::rag_document_embeddings::Entity>,
    #[sea_orm(has_many)]
    pub code_embeddings: HasMany<super::rag_code_embeddings::Entity>,
    #[sea_orm(has_many)]
    pub caption_embeddings: HasMany<super::rag_caption_embeddings::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
