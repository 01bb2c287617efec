//! `rag_document_embeddings`: one row per embedding of a chunk of prose.

use sea_orm::entity::prelude::*;

/// The embedding of a chunk of prose, by one model.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "rag_document_embeddings")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    #[sea_orm(indexed)]
    pub chunk_id: Option<i32>,
    #[sea_orm(indexed, column_type = "Text")]
    pub model_id: String,
    /// The number of dimensions that the model gives.
    pub dim: i32,
    #[sea_orm(column_type = "Vector(Some(768))")]
    pub embedding: Option<PgVector>,
    /// The distance by which the embeddings of this model compare.
    #[sea_orm(column_type = "Text", default_value = "cosine")]
    pub metric: Option<String>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "chunk_id", to = "id", on_delete = "Cascade")]
    pub chunk: BelongsTo<Option<super::rag_document_chunks::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
