//! `note_versions`: one row per kept version of a note.

use sea_orm::entity::prelude::*;

/// A note as it was at one version.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "note_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub content_type: String,
    pub version_number: i32,
    #[sea_orm(column_type = "String(StringLen::N(500))")]
    pub change_summary: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    pub note_id: Uuid,
    /// Who wrote this version.
    pub agent_id: Uuid,
    #[sea_orm(belongs_to, from = "note_id", to = "id", on_delete = "Cascade")]
    pub note: BelongsTo<super::notes::Entity>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
