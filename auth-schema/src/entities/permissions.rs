//! `permissions`: one row per permission.

use sea_orm::entity::prelude::*;

/// A permission: one operation on one type of resource, within a scope.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "permissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `resource:operation:scope`.
    #[sea_orm(unique, column_type = "String(StringLen::N(100))")]
    pub name: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))")]
    pub resource_type: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))")]
    pub operation: String,
    /// Whose resources: `own`, `team` or `global`.
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))", default_value = "own")]
    pub scope: String,
    #[sea_orm(column_type = "Json", nullable)]
    pub conditions: Option<Json>,
    #[sea_orm(indexed, default_value = true)]
    pub is_active: bool,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(column_type = "Json", nullable)]
    pub metadata: Option<Json>,
    #[sea_orm(has_many)]
    pub role_permissions: HasMany<super::role_permissions::Entity>,
    #[sea_orm(has_many, via = "role_permissions")]
    pub roles: HasMany<super::roles::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
