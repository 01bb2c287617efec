//! `roles`: one row per role.

use sea_orm::entity::prelude::*;

/// A role: a named set of permissions that users are given.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique, column_type = "String(StringLen::N(100))")]
    pub name: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub description: Option<String>,
    /// The higher, the more a role may do.
    #[sea_orm(indexed, default_value = 0)]
    pub level: i32,
    pub parent_role_id: Option<Uuid>,
    /// Whether the application relies on the role.
    #[sea_orm(indexed, default_value = false)]
    pub is_system_role: bool,
    #[sea_orm(indexed, default_value = true)]
    pub is_active: bool,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(column_type = "Json", nullable)]
    pub metadata: Option<Json>,
    #[sea_orm(
        self_ref,
        relation_enum = "Parent",
        relation_reverse = "Children",
        from = "parent_role_id",
        to = "id"
    )]
    pub parent: BelongsTo<Option<Entity>>,
    #[sea_orm(self_ref, relation_enum = "Children", relation_reverse = "Parent")]
    pub children: HasMany<Entity>,
    #[sea_orm(has_many)]
    pub role_permissions: HasMany<super::role_permissions::Entity>,
    #[sea_orm(has_many)]
    pub user_roles: HasMany<super::user_roles::Entity>,
    #[sea_orm(has_many, via = "role_permissions")]
    pub permissions: HasMany<super::permissions::Entity>,
    /// For reading: an assignment has columns of its own, so write it as a row of `user_roles`.
    #[sea_orm(has_many, via = "user_roles::Roles")]
    pub users: HasMany<super::users::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
