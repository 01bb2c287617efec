//! `note_attachments`: one row per file attached to a note.

use sea_orm::entity::prelude::*;

/// A file attached to a note.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "note_attachments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub filename: String,
    #[sea_orm(column_type = "String(StringLen::N(500))")]
    pub file_path: String,
    /// In bytes.
    pub file_size: i32,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub mime_type: String,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    pub note_id: Uuid,
    #[sea_orm(belongs_to, from = "note_id", to = "id", on_delete = "Cascade")]
    pub note: BelongsTo<super::notes::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
