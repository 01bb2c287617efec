//! `rag_image_embeddings`: one row per embedding of an image.

use sea_orm::entity::prelude::*;

/// The embedding of an image, by one model.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "rag_image_embeddings")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    #[sea_orm(indexed, column_type = "Text")]
    pub image_path: String,
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
}

impl ActiveModelBehavior for ActiveModel {}
