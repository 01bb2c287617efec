//! `pgp_keys`: one row per PGP key.

use sea_orm::entity::prelude::*;

/// A PGP key, with its private half where the server holds it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pgp_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The long id: the last 16 hex digits of the fingerprint.
    #[sea_orm(unique, column_type = "String(StringLen::N(16))")]
    pub key_id: String,
    /// In hex.
    #[sea_orm(unique, column_type = "String(StringLen::N(40))")]
    pub fingerprint: String,
    /// The last 8 hex digits of the fingerprint.
    #[sea_orm(indexed, column_type = "String(StringLen::N(8))")]
    pub short_fingerprint: String,
    pub key_type: super::enums::PgpKeyType,
    /// In bits.
    pub key_length: i32,
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub algorithm: String,
    /// Text, not a foreign key to `users`.
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub user_id: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub email: String,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub public_key_armored: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub private_key_armored: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub passphrase_hash: Option<String>,
    #[sea_orm(indexed)]
    pub status: super::enums::PgpKeyStatus,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: DateTimeWithTimeZone,
    pub expires_at: Option<DateTimeWithTimeZone>,
    pub last_used: Option<DateTimeWithTimeZone>,
    pub usage_count: Option<i32>,
    #[sea_orm(indexed)]
    pub is_primary: Option<bool>,
    pub auto_rotate: Option<bool>,
    /// Days between two rotations.
    pub rotation_schedule_days: Option<i32>,
    pub trust_level: Option<i32>,
    #[sea_orm(indexed)]
    pub is_revoked: Option<bool>,
    #[sea_orm(column_type = "Text", nullable)]
    pub revocation_reason: Option<String>,
    pub revoked_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub revoked_by: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub key_metadata: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub notes: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
}

impl ActiveModelBehavior for ActiveModel {}
