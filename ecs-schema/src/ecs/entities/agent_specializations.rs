//! `agent_specializations`: one row per agent and specialization.

use sea_orm::entity::prelude::*;

/// How proficient an agent is in one specialization.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_specializations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique_key = "agent_specialization")]
    pub agent_id: Uuid,
    #[sea_orm(unique_key = "agent_specialization", column_type = "String(StringLen::N(255))")]
    pub specialization: String,
    pub proficiency: Option<f64>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
