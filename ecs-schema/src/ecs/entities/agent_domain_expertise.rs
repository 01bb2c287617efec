//! `agent_domain_expertise`: one row per agent and domain.

use sea_orm::entity::prelude::*;

/// How expert an agent is in one domain.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_domain_expertise")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique_key = "agent_domain")]
    pub agent_id: Uuid,
    #[sea_orm(unique_key = "agent_domain", column_type = "String(StringLen::N(255))")]
    pub domain: String,
    pub expertise_level: Option<f64>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
