//! `users`: one row per account.

use sea_orm::entity::prelude::*;

/// An account.
///
/// Gatekeeper manages the columns up to `user_metadata` (see [`crate::gatekeeper`]); the columns
/// after it belong to role-based access control.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique, column_type = "String(StringLen::N(50))")]
    pub username: String,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub password_hash: String,
    /// Gatekeeper's own role, apart from the roles in `user_roles`.
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub role: String,
    #[sea_orm(unique, column_type = "String(StringLen::N(255))", nullable)]
    pub email: Option<String>,
    #[sea_orm(column_type = "String(StringLen::N(500))", nullable)]
    pub profile_picture_url: Option<String>,
    pub yapcoin_balance: Option<i32>,
    pub is_active: Option<bool>,
    /// Without a time zone, as Gatekeeper writes it.
    pub created_at: Option<DateTime>,
    /// Without a time zone, as Gatekeeper writes it.
    pub updated_at: Option<DateTime>,
    #[sea_orm(column_type = "Json", nullable)]
    pub user_metadata: Option<Json>,
    #[sea_orm(indexed, default_value = false)]
    pub rbac_enabled: bool,
    /// The name of a role; no foreign key.
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))", nullable)]
    pub default_role: Option<String>,
    pub last_rbac_sync: Option<DateTimeWithTimeZone>,
    #[sea_orm(has_many)]
    pub granted_access: HasMany<super::resource_access_control::Entity>,
    #[sea_orm(has_many)]
    pub granted_permissions: HasMany<super::role_permissions::Entity>,
    #[sea_orm(has_many, relation_enum = "UserRoles", via_rel = "Users")]
    pub user_roles: HasMany<super::user_roles::Entity>,
    #[sea_orm(has_many, relation_enum = "AssignedRoles", via_rel = "Assigners")]
    pub assigned_roles: HasMany<super::user_roles::Entity>,
    /// For reading: an assignment has columns of its own, so write it as a row of `user_roles`.
    #[sea_orm(has_many, via = "user_roles::Users")]
    pub roles: HasMany<super::roles::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
