//! `column_statistics`: one row per column of a data schema.

use sea_orm::entity::prelude::*;

/// The figures of one column of a data file.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "column_statistics")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(unique_key = "schema_column_name")]
    pub schema_id: Uuid,
    #[sea_orm(unique_key = "schema_column_name", column_type = "String(StringLen::N(255))")]
    pub column_name: String,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub column_type: String,
    #[sea_orm(default_value = true)]
    pub nullable: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub min_value: Option<Json>,
    #[sea_orm(column_type = "JsonBinary")]
    pub max_value: Option<Json>,
    #[sea_orm(column_type = "Decimal(Some((20, 10)))")]
    pub mean_value: Option<Decimal>,
    #[sea_orm(column_type = "Decimal(Some((20, 10)))")]
    pub median_value: Option<Decimal>,
    #[sea_orm(column_type = "Decimal(Some((20, 10)))")]
    pub std_dev: Option<Decimal>,
    #[sea_orm(default_value = 0)]
    pub null_count: Option<i64>,
    #[sea_orm(default_value = 0)]
    pub distinct_count: Option<i64>,
    /// The most frequent values.
    #[sea_orm(column_type = "JsonBinary", default_value = "[]")]
    pub top_values: Option<Json>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(belongs_to, from = "schema_id", to = "id", on_delete = "Cascade")]
    pub schema: BelongsTo<super::data_schemas::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
