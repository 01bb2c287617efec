//! `dataset_versions`: one row per released version of a dataset.

use sea_orm::entity::prelude::*;

/// A released version of a dataset.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dataset_versions")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(unique_key = "dataset_version")]
    pub dataset_id: Uuid,
    #[sea_orm(unique_key = "dataset_version", column_type = "String(StringLen::N(50))")]
    pub version: String,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    /// A list of what changed since the parent version.
    #[sea_orm(column_type = "JsonBinary", default_value = "[]")]
    pub changes: Json,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub created_by: String,
    /// The `version` that it was made from; no foreign key follows it.
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub parent_version: Option<String>,
    #[sea_orm(column_type = "Array(ColumnType::Text.into())", default_value = "{}")]
    pub tags: Option<Vec<String>>,
    #[sea_orm(belongs_to, from = "dataset_id", to = "id", on_delete = "Cascade")]
    pub dataset: BelongsTo<super::datasets::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
