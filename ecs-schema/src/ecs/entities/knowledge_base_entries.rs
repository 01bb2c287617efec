//! `knowledge_base_entries`: one row per skill that an agent has in a domain.

use sea_orm::entity::prelude::*;

/// How proficient an agent is in one skill of a domain; the times are the writer's, without a
/// default.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "knowledge_base_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agent_id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub domain: String,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub skill: String,
    pub proficiency_level: f64,
    pub last_updated: Option<DateTimeWithTimeZone>,
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
