//! `agent_achievements`: one row per achievement of an agent.

use sea_orm::entity::prelude::*;

/// Something that an agent has achieved; the same achievement can be earned again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_achievements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agent_id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub achievement_name: String,
    #[sea_orm(column_type = "Text")]
    pub achievement_description: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub achieved_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
