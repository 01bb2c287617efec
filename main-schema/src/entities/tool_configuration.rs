//! `tool_configuration`: one row per version of the configuration of all tools.

use sea_orm::entity::prelude::*;

/// What holds for all tools.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tool_configuration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, indexed)]
    pub id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub version: String,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub last_updated: Option<DateTimeWithTimeZone>,
    pub auto_sync_enabled: bool,
    pub default_timeout: i32,
    pub max_concurrent_tools: i32,
    pub cache_ttl_seconds: i32,
    #[sea_orm(column_type = "Json")]
    pub settings: Option<Json>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub updated_at: Option<DateTimeWithTimeZone>,
}

impl ActiveModelBehavior for ActiveModel {}
