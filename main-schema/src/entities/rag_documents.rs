//! `rag_documents`: one row per document that can be retrieved.

use sea_orm::entity::prelude::*;

/// A document that can be retrieved.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rag_documents")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    /// Where it came from.
    #[sea_orm(indexed, column_type = "Text")]
    pub source: String,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub metadata: Option<Json>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(has_many)]
    pub chunks: HasMany<super::rag_document_chunks::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
