//! `resource_access_control`: one row per grant on a single resource.

use sea_orm::entity::prelude::*;

/// What one subject may do with one resource.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_access_control")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))")]
    pub resource_type: String,
    /// Text, because each resource type has its own kind of id.
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub resource_id: String,
    /// What `subject_id` identifies, for example a user.
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))", default_value = "user")]
    pub subject_type: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub subject_id: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))")]
    pub permission_level: String,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub granted_at: Option<DateTimeWithTimeZone>,
    /// The user who granted the access.
    pub granted_by: Option<Uuid>,
    /// Absent: the grant does not end.
    #[sea_orm(indexed)]
    pub expires_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(indexed, default_value = true)]
    pub is_active: bool,
    #[sea_orm(column_type = "Json", nullable)]
    pub conditions: Option<Json>,
    #[sea_orm(column_type = "Json", nullable)]
    pub metadata: Option<Json>,
    #[sea_orm(belongs_to, from = "granted_by", to = "id")]
    pub grantor: BelongsTo<Option<super::users::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
