//! `agents`: one row per agent.

use sea_orm::entity::prelude::*;

/// An agent of the simulated world.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agent's handle outside the database; the tables that hang on an agent refer to `id`
    /// instead.
    #[sea_orm(unique, column_type = "String(StringLen::N(255))")]
    pub agent_id: String,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub name: String,
    /// The name of a row in `naming_spirits`, without a foreign key: a spirit can be removed
    /// while agents carry it.
    #[sea_orm(indexed, column_type = "String(StringLen::N(100))")]
    pub spirit: String,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub style: String,
    pub generation: Option<i32>,
    #[sea_orm(indexed)]
    pub active: Option<bool>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub last_activity: Option<DateTimeWithTimeZone>,
    #[sea_orm(has_many)]
    pub ability_traits: HasMany<super::ability_traits::Entity>,
    #[sea_orm(has_many)]
    pub achievements: HasMany<super::agent_achievements::Entity>,
    #[sea_orm(has_many)]
    pub domain_expertise: HasMany<super::agent_domain_expertise::Entity>,
    #[sea_orm(has_many)]
    pub specializations: HasMany<super::agent_specializations::Entity>,
    #[sea_orm(has_many)]
    pub workflow_preferences: HasMany<super::agent_workflow_preferences::Entity>,
    #[sea_orm(has_many)]
    pub knowledge_base_entries: HasMany<super::knowledge_base_entries::Entity>,
    #[sea_orm(has_many)]
    pub performance_metrics: HasMany<super::performance_metrics::Entity>,
    #[sea_orm(has_many)]
    pub personality_traits: HasMany<super::personality_traits::Entity>,
    #[sea_orm(has_many)]
    pub physical_traits: HasMany<super::physical_traits::Entity>,
    #[sea_orm(has_one)]
    pub position: HasOne<super::agent_positions::Entity>,
    #[sea_orm(has_many, relation_enum = "SentInteractions", via_rel = "Sender")]
    pub sent_interactions: HasMany<super::agent_interactions::Entity>,
    #[sea_orm(has_many, relation_enum = "ReceivedInteractions", via_rel = "Receiver")]
    pub received_interactions: HasMany<super::agent_interactions::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
