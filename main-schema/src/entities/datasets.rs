//! `datasets`: one row per version of a dataset.

use sea_orm::entity::prelude::*;

/// A dataset, with the figures of its files.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "datasets")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(indexed, unique_key = "name_version", column_type = "String(StringLen::N(255))")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    #[sea_orm(
        unique_key = "name_version",
        column_type = "String(StringLen::N(50))",
        default_value = "1.0.0"
    )]
    pub version: String,
    #[sea_orm(column_type = "Array(ColumnType::Text.into())", default_value = "{}")]
    pub tags: Option<Vec<String>>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub metadata: Option<Json>,
    /// `draft`, `active`, `archived`, `processing` or `error`.
    #[sea_orm(indexed, column_type = "String(StringLen::N(20))", default_value = "draft")]
    pub status: String,
    #[sea_orm(indexed, default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub updated_at: DateTimeWithTimeZone,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub created_by: String,
    /// Kept by a trigger on `files`, like the columns down to `last_ingested`.
    #[sea_orm(default_value = 0)]
    pub total_files: Option<i32>,
    /// In bytes.
    #[sea_orm(default_value = 0)]
    pub total_size: Option<i64>,
    /// The number of files of each file type.
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub file_type_counts: Option<Json>,
    /// The number of files of each modality.
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub modality_counts: Option<Json>,
    /// When a file was last added or changed.
    pub last_ingested: Option<DateTimeWithTimeZone>,
    #[sea_orm(has_many)]
    pub versions: HasMany<super::dataset_versions::Entity>,
    #[sea_orm(has_many)]
    pub files: HasMany<super::files::Entity>,
    #[sea_orm(has_many, relation_enum = "Dependencies", via_rel = "Dataset")]
    pub dependencies: HasMany<super::dataset_dependencies::Entity>,
    #[sea_orm(has_many, relation_enum = "Dependents", via_rel = "DependsOnDataset")]
    pub dependents: HasMany<super::dataset_dependencies::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
