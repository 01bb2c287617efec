//! `agents`: one row per agent.

use sea_orm::entity::prelude::*;

/// An agent, the author of notes and todos.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The readable key; foreign keys use `id`.
    #[sea_orm(unique, column_type = "String(StringLen::N(255))")]
    pub agent_id: String,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub name: String,
    #[sea_orm(unique, column_type = "String(StringLen::N(255))")]
    pub email: Option<String>,
    #[sea_orm(indexed, column_type = "String(StringLen::N(100))")]
    pub spirit: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub style: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub generation: Option<String>,
    #[sea_orm(indexed)]
    pub active: Option<bool>,
    pub is_system_agent: Option<bool>,
    /// Settings as the agent wrote them, in no fixed format.
    #[sea_orm(column_type = "Text")]
    pub preferences: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub last_activity: Option<DateTimeWithTimeZone>,
    #[sea_orm(has_many)]
    pub notebooks: HasMany<super::notebooks::Entity>,
    #[sea_orm(has_many)]
    pub notes: HasMany<super::notes::Entity>,
    #[sea_orm(has_many)]
    pub todos: HasMany<super::todos::Entity>,
    #[sea_orm(has_many)]
    pub tags: HasMany<super::tags::Entity>,
    #[sea_orm(has_many)]
    pub note_versions: HasMany<super::note_versions::Entity>,
    #[sea_orm(has_many)]
    pub collaborations: HasMany<super::note_collaborations::Entity>,
    #[sea_orm(has_many)]
    pub ai_metadata: HasMany<super::ai_metadata::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
