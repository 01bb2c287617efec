//! `role_permissions`: one row per permission of a role.

use sea_orm::entity::prelude::*;

/// A permission that a role has.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_permissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission_id: Uuid,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub granted_at: Option<DateTimeWithTimeZone>,
    /// Absent on the grants that a migration made.
    pub granted_by: Option<Uuid>,
    #[sea_orm(indexed, default_value = true)]
    pub is_active: bool,
    #[sea_orm(column_type = "Json", nullable)]
    pub conditions: Option<Json>,
    /// Absent: the grant does not end.
    #[sea_orm(indexed)]
    pub expires_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "role_id", to = "id")]
    pub role: BelongsTo<super::roles::Entity>,
    #[sea_orm(belongs_to, from = "permission_id", to = "id")]
    pub permission: BelongsTo<super::permissions::Entity>,
    #[sea_orm(belongs_to, from = "granted_by", to = "id")]
    pub grantor: BelongsTo<Option<super::users::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
