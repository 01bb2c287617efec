//! `tools`: one row per tool.

use sea_orm::entity::prelude::*;

/// A tool that agents may call.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tools")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, indexed)]
    pub id: Uuid,
    #[sea_orm(unique, column_type = "String(StringLen::N(100))")]
    pub name: String,
    pub category_id: Uuid,
    #[sea_orm(indexed)]
    pub enabled: bool,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    #[sea_orm(column_type = "Json")]
    pub dependencies: Option<Json>,
    #[sea_orm(column_type = "Json")]
    pub config: Option<Json>,
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub version: String,
    pub is_system_tool: bool,
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub execution_type: String,
    pub timeout_seconds: Option<i32>,
    pub max_concurrent: Option<i32>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "category_id", to = "id")]
    pub category: BelongsTo<super::tool_categories::Entity>,
    #[sea_orm(has_many)]
    pub config_history: HasMany<super::tool_config_history::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
