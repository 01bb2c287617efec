//! `agent_interactions`: one row per interaction of one agent with another.

use sea_orm::entity::prelude::*;

/// Something that one agent, the sender, did or said to another, the receiver.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_interactions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sender_id: Uuid,
    pub receiver_id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub interaction_type: String,
    #[sea_orm(column_type = "Text")]
    pub message: Option<String>,
    pub energy_level: Option<f64>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(
        belongs_to,
        relation_enum = "Sender",
        from = "sender_id",
        to = "id",
        on_delete = "Cascade"
    )]
    pub sender: BelongsTo<super::agents::Entity>,
    #[sea_orm(
        belongs_to,
        relation_enum = "Receiver",
        from = "receiver_id",
        to = "id",
        on_delete = "Cascade"
    )]
    pub receiver: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
