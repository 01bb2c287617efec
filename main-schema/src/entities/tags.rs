//! `tags`: one row per tag of an agent.

use sea_orm::entity::prelude::*;

/// A tag of an agent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tags")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique_key = "name_agent", column_type = "String(StringLen::N(100))")]
    pub name: String,
    /// As `#rrggbb`.
    #[sea_orm(column_type = "String(StringLen::N(7))")]
    pub color: String,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(unique_key = "name_agent")]
    pub agent_id: Uuid,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
    #[sea_orm(has_many, via = "note_tags")]
    pub notes: HasMany<super::notes::Entity>,
    #[sea_orm(has_many, via = "todo_tags")]
    pub todos: HasMany<super::todos::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
