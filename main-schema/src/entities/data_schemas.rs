//! `data_schemas`: one row per version of the schema of a data file.

use sea_orm::entity::prelude::*;

/// The columns, keys and constraints of a data file, at one version.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_schemas")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(unique_key = "file_schema_name_schema_version")]
    pub file_id: Uuid,
    #[sea_orm(
        unique_key = "file_schema_name_schema_version",
        column_type = "String(StringLen::N(255))"
    )]
    pub schema_name: Option<String>,
    #[sea_orm(
        unique_key = "file_schema_name_schema_version",
        column_type = "String(StringLen::N(50))",
        default_value = "1.0.0"
    )]
    pub schema_version: Option<String>,
    /// A list with one object per column.
    #[sea_orm(column_type = "JsonBinary", default_value = "[]")]
    pub columns: Json,
    #[sea_orm(column_type = "Array(ColumnType::Text.into())")]
    pub primary_key: Option<Vec<String>>,
    #[sea_orm(column_type = "JsonBinary", default_value = "[]")]
    pub indexes: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", default_value = "[]")]
    pub constraints: Option<Json>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(belongs_to, from = "file_id", to = "id", on_delete = "Cascade")]
    pub file: BelongsTo<super::files::Entity>,
    #[sea_orm(has_many)]
    pub column_statistics: HasMany<super::column_statistics::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
