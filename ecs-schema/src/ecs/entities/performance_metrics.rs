//! `performance_metrics`: one row per measurement of an agent.

use sea_orm::entity::prelude::*;

/// One value of a metric, measured for an agent; the times are the writer's, without a default.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "performance_metrics")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agent_id: Uuid,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub metric_name: String,
    pub metric_value: f64,
    /// When the value was measured, which can be long before the row was written.
    pub timestamp: Option<DateTimeWithTimeZone>,
    #[sea_orm(column_type = "Json")]
    pub metric_metadata: Option<Json>,
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
