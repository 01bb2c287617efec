//! `notebooks`: one row per notebook.

use sea_orm::entity::prelude::*;

/// A notebook of an agent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notebooks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    /// As `#rrggbb`.
    #[sea_orm(column_type = "String(StringLen::N(7))")]
    pub color: String,
    pub is_public: bool,
    pub is_archived: bool,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    pub agent_id: Uuid,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
    #[sea_orm(has_many)]
    pub notes: HasMany<super::notes::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
