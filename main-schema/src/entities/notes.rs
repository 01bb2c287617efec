//! `notes`: one row per note.

use sea_orm::entity::prelude::*;

/// A note in a notebook.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    /// The format of the content.
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub content_type: String,
    pub is_favorite: bool,
    pub is_archived: bool,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    pub notebook_id: Uuid,
    pub agent_id: Uuid,
    #[sea_orm(belongs_to, from = "notebook_id", to = "id", on_delete = "Cascade")]
    pub notebook: BelongsTo<super::notebooks::Entity>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
    #[sea_orm(has_many)]
    pub versions: HasMany<super::note_versions::Entity>,
    #[sea_orm(has_many)]
    pub collaborations: HasMany<super::note_collaborations::Entity>,
    #[sea_orm(has_many)]
    pub attachments: HasMany<super::note_attachments::Entity>,
    #[sea_orm(has_many, via = "note_tags")]
    pub tags: HasMany<super::tags::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
