//! `pgp_key_access_logs`: one row per use of a PGP key.

use sea_orm::entity::prelude::*;

/// One operation on a PGP key, allowed or refused.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pgp_key_access_logs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The key's `pgp_keys.key_id`; no foreign key, so that an entry outlives its key.
    #[sea_orm(indexed, column_type = "String(StringLen::N(16))")]
    pub key_id: String,
    /// Text, not a foreign key to `users`.
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub user_id: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(100))")]
    pub operation: String,
    #[sea_orm(indexed)]
    pub success: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub error_message: Option<String>,
    /// Room for an IPv6 address that holds an IPv4 address.
    #[sea_orm(column_type = "String(StringLen::N(45))", nullable)]
    pub ip_address: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub user_agent: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub request_id: Option<String>,
    /// Whether an administrator acted in place of the owner.
    pub admin_action: Option<bool>,
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub admin_user_id: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(255))", nullable)]
    pub target_user_id: Option<String>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: DateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}
