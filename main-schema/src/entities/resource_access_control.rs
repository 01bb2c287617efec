//! `resource_access_control`: one row per grant.

use sea_orm::entity::prelude::*;

/// That a subject may do something with a resource.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_access_control")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which table or outer system `resource_id` belongs to; no foreign key can follow it.
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))")]
    pub resource_type: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub resource_id: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))", default_value = "user")]
    pub subject_type: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(255))")]
    pub subject_id: String,
    #[sea_orm(indexed, column_type = "String(StringLen::N(50))")]
    pub permission_level: String,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub granted_at: Option<DateTimeWithTimeZone>,
    /// A user of the auth database; null for grants that a migration made.
    pub granted_by: Option<Uuid>,
    #[sea_orm(indexed)]
    pub expires_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(indexed, default_value = true)]
    pub is_active: bool,
    /// What narrows the grant, such as an operation or a daily limit.
    #[sea_orm(column_type = "JsonBinary")]
    pub conditions: Option<Json>,
    #[sea_orm(column_type = "JsonBinary")]
    pub metadata: Option<Json>,
}

impl ActiveModelBehavior for ActiveModel {}
