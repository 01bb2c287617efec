//! `files`: one row per file of a dataset.

use sea_orm::entity::prelude::*;

/// A file of a dataset, with what is known of its content.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "files")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(indexed, unique_key = "dataset_path")]
    pub dataset_id: Uuid,
    /// Unique in its dataset.
    #[sea_orm(indexed, unique_key = "dataset_path", column_type = "Text")]
    pub path: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))")]
    pub file_type: String,
    /// `text`, `image`, `audio`, `video`, `data`, `code` or `document`.
    #[sea_orm(indexed, column_type = "String(StringLen::N(20))")]
    pub modality: String,
    /// In bytes.
    #[sea_orm(indexed)]
    pub size: i64,
    /// Of the content.
    #[sea_orm(indexed, column_type = "String(StringLen::N(64))")]
    pub hash: String,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub mime_type: String,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub metadata: Option<Json>,
    #[sea_orm(indexed, default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    /// A trigger sets it at every update.
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub updated_at: DateTimeWithTimeZone,
    #[sea_orm(column_type = "String(StringLen::N(500))")]
    pub title: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub author: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(10))")]
    pub language: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub encoding: Option<String>,
    /// Of images and videos.
    #[sea_orm(column_type = "JsonBinary")]
    pub dimensions: Option<Json>,
    #[sea_orm(column_type = "Decimal(Some((10, 3)))")]
    pub duration: Option<Decimal>,
    pub bitrate: Option<i32>,
    pub sample_rate: Option<i32>,
    #[sea_orm(column_type = "JsonBinary")]
    pub schema_info: Option<Json>,
    pub row_count: Option<i64>,
    pub column_count: Option<i32>,
    pub page_count: Option<i32>,
    pub word_count: Option<i32>,
    pub last_modified: Option<DateTimeWithTimeZone>,
    #[sea_orm(column_type = "String(StringLen::N(64))")]
    pub checksum: Option<String>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub custom_metadata: Option<Json>,
    #[sea_orm(belongs_to, from = "dataset_id", to = "id", on_delete = "Cascade")]
    pub dataset: BelongsTo<super::datasets::Entity>,
    #[sea_orm(has_many)]
    pub embeddings: HasMany<super::embeddings::Entity>,
    #[sea_orm(has_many)]
    pub data_schemas: HasMany<super::data_schemas::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
