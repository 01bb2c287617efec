//! `tool_categories`: one row per group of tools.

use sea_orm::entity::prelude::*;

/// A group of tools.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tool_categories")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, indexed)]
    pub id: Uuid,
    #[sea_orm(unique, column_type = "String(StringLen::N(50))")]
    pub name: String,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub display_name: String,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub icon: Option<String>,
    /// As `#rrggbb`.
    #[sea_orm(column_type = "String(StringLen::N(7))")]
    pub color: Option<String>,
    pub sort_order: Option<i32>,
    pub is_active: Option<bool>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(has_many)]
    pub tools: HasMany<super::tools::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
