//! `personality_traits`: one row per agent and personality trait.

use sea_orm::entity::prelude::*;

/// How strong one personality trait of an agent is.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "personality_traits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique_key = "agent_personality_trait")]
    pub agent_id: Uuid,
    #[sea_orm(unique_key = "agent_personality_trait", column_type = "String(StringLen::N(100))")]
    pub trait_name: String,
    pub trait_value: f64,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
