//! `tool_categories`: one row per category of tools.

use sea_orm::entity::prelude::*;

/// A category that tools are listed under.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tool_categories")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub name: super::enums::ToolCategory,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub display_name: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub description: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(50))", nullable)]
    pub icon: Option<String>,
    /// `#RRGGBB`.
    #[sea_orm(column_type = "String(StringLen::N(7))", nullable)]
    pub color: Option<String>,
    /// Ascending, the order in which categories are shown.
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
