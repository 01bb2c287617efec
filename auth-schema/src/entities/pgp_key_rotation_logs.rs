//! `pgp_key_rotation_logs`: one row per rotation of a PGP key.

use sea_orm::entity::prelude::*;

/// The replacement of a PGP key by another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pgp_key_rotation_logs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Absent where the first key was made; no foreign key, so that an entry outlives its key.
    #[sea_orm(indexed, column_type = "String(StringLen::N(16))", nullable)]
    pub old_key_id: Option<String>,
    /// The key's `pgp_keys.key_id`; no foreign key, so that an entry outlives its key.
    #[sea_orm(indexed, column_type = "String(StringLen::N(16))")]
    pub new_key_id: String,
    /// Text, not a foreign key to `users`.
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub user_id: String,
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub rotation_type: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub initiated_by: String,
    pub old_key_expired: Option<bool>,
    pub old_key_revoked: Option<bool>,
    pub migration_completed: Option<bool>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub started_at: DateTimeWithTimeZone,
    /// Absent while the rotation runs.
    pub completed_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(column_type = "Text", nullable)]
    pub rotation_metadata: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
