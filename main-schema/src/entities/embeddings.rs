//! `embeddings`: one row per embedding of a file.

use sea_orm::entity::prelude::*;

/// The embedding of a file, or of a chunk of it, by one model.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "embeddings")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(indexed, unique_key = "file_modality_model")]
    pub file_id: Uuid,
    /// `text`, `image`, `audio`, `video`, `data` or `multimodal`.
    #[sea_orm(
        indexed,
        unique_key = "file_modality_model",
        column_type = "String(StringLen::N(20))"
    )]
    pub modality: String,
    #[sea_orm(
        indexed,
        unique_key = "file_modality_model",
        column_type = "String(StringLen::N(100))"
    )]
    pub model_id: String,
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub model_version: String,
    /// The number of dimensions that the model gives.
    pub dimensions: i32,
    #[sea_orm(column_type = "Vector(Some(1536))")]
    pub embedding: PgVector,
    /// From 0 to 1.
    #[sea_orm(
        indexed,
        column_type = "Decimal(Some((3, 2)))",
        default_expr = "Expr::cust(\"0.0\")"
    )]
    pub quality_score: Option<Decimal>,
    #[sea_orm(column_type = "Decimal(Some((10, 6)))")]
    pub processing_time: Option<Decimal>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub parameters: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub metadata: Option<Json>,
    pub chunk_index: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub chunk_text: Option<String>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub updated_at: DateTimeWithTimeZone,
    #[sea_orm(belongs_to, from = "file_id", to = "id", on_delete = "Cascade")]
    pub file: BelongsTo<super::files::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
