//! `rag_performance_metrics`: one row per measurement of retrieval.

use sea_orm::entity::prelude::*;

/// A measurement of retrieval.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "rag_performance_metrics")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    #[sea_orm(column_type = "Text")]
    pub metric_name: String,
    pub metric_value: f64,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub timestamp: Option<DateTimeWithTimeZone>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub metadata: Option<Json>,
}

impl ActiveModelBehavior for ActiveModel {}
