//! `todos`: one row per todo.

use sea_orm::entity::prelude::*;

/// Something that an agent means to do.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "todos")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    pub completed: bool,
    #[sea_orm(column_type = "String(StringLen::N(10))")]
    pub priority: String,
    pub due_date: Option<DateTimeWithTimeZone>,
    pub completed_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    pub agent_id: Uuid,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
    #[sea_orm(has_many, via = "todo_tags")]
    pub tags: HasMany<super::tags::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
