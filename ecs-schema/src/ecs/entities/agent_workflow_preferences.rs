//! `agent_workflow_preferences`: one row per agent and preference.

use sea_orm::entity::prelude::*;

/// Whether an agent prefers one way of working.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_workflow_preferences")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique_key = "agent_workflow_preference")]
    pub agent_id: Uuid,
    #[sea_orm(unique_key = "agent_workflow_preference", column_type = "String(StringLen::N(100))")]
    pub preference_name: String,
    pub preference_value: Option<bool>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
