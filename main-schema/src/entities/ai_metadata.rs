//! `ai_metadata`: one row per thing that a model found out about a note or todo.

use sea_orm::entity::prelude::*;

/// What a model found out about one note, notebook or todo.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_metadata")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which table `entity_id` points into; no foreign key can follow it.
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub entity_type: String,
    pub entity_id: Uuid,
    /// What kind of finding `ai_data` holds.
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub ai_type: String,
    #[sea_orm(column_type = "Json")]
    pub ai_data: Json,
    pub confidence_score: Option<f64>,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub model_used: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    pub agent_id: Uuid,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
