//! `note_collaborations`: one row per agent whom a note is shared with; legacy.

use sea_orm::entity::prelude::*;

/// That a note is shared with an agent. Legacy: `resource_access_control` decides.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "note_collaborations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `read`, `write` or `admin`.
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub permission: String,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(unique_key = "note_collaborator")]
    pub note_id: Uuid,
    #[sea_orm(unique_key = "note_collaborator")]
    pub collaborator_id: Uuid,
    #[sea_orm(belongs_to, from = "note_id", to = "id", on_delete = "Cascade")]
    pub note: BelongsTo<super::notes::Entity>,
    #[sea_orm(belongs_to, from = "collaborator_id", to = "id", on_delete = "Cascade")]
    pub collaborator: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
