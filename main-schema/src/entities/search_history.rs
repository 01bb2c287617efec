//! `search_history`: one row per search.

use sea_orm::entity::prelude::*;

/// A search that somebody made.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_history")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub user_id: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub query: String,
    #[sea_orm(column_type = "Array(ColumnType::Text.into())")]
    pub modalities: Option<Vec<String>>,
    #[sea_orm(column_type = "Array(ColumnType::Text.into())")]
    pub file_types: Option<Vec<String>>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub filters: Option<Json>,
    pub results_count: i32,
    #[sea_orm(column_type = "Decimal(Some((10, 6)))")]
    pub response_time: Option<Decimal>,
    #[sea_orm(indexed, default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}
