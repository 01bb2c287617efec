//! `tool_config_history`: one row per change of a tool's configuration.

use sea_orm::entity::prelude::*;

/// A change of a tool's configuration.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tool_config_history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, indexed)]
    pub id: Uuid,
    pub tool_id: Uuid,
    /// What was done to the tool.
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub change_type: String,
    #[sea_orm(column_type = "Json")]
    pub old_values: Option<Json>,
    #[sea_orm(column_type = "Json")]
    pub new_values: Option<Json>,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub changed_by: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub change_reason: Option<String>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "tool_id", to = "id")]
    pub tool: BelongsTo<super::tools::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
