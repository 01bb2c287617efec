//! `ssh_keys`: one row per SSH key.

use sea_orm::entity::prelude::*;

/// An SSH key, with its private half where the server holds it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ssh_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique, column_type = "String(StringLen::N(255))")]
    pub key_id: String,
    #[sea_orm(unique, column_type = "String(StringLen::N(255))")]
    pub fingerprint: String,
    /// SHA-256 of the public key in hex.
    #[sea_orm(indexed, column_type = "String(StringLen::N(64))")]
    pub public_key_hash: String,
    pub key_type: super::enums::SshKeyType,
    /// In bits.
    pub key_length: i32,
    #[sea_orm(column_type = "String(StringLen::N(50))")]
    pub algorithm: String,
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub comment: Option<String>,
    /// Text, not a foreign key to `users`.
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub user_id: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub email: String,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub public_key_openssh: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub private_key_openssh: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub passphrase_hash: Option<String>,
    #[sea_orm(indexed)]
    pub status: super::enums::SshKeyStatus,
    pub usage: super::enums::SshKeyUsage,
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
    pub allowed_hosts: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub allowed_commands: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub source_restrictions: Option<String>,
    /// The only command that a session with this key may run.
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub force_command: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub key_metadata: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub notes: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
}

impl ActiveModelBehavior for ActiveModel {}
