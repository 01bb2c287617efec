//! `search_analytics`: one row per day.

use sea_orm::entity::prelude::*;

/// The figures of one day of searches.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_analytics")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub date: Date,
    #[sea_orm(default_value = 0)]
    pub total_searches: Option<i32>,
    #[sea_orm(default_value = 0)]
    pub unique_users: Option<i32>,
    #[sea_orm(column_type = "Decimal(Some((10, 6)))")]
    pub avg_response_time: Option<Decimal>,
    #[sea_orm(column_type = "JsonBinary", default_value = "[]")]
    pub top_queries: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub modality_usage: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub file_type_usage: Option<Json>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}
