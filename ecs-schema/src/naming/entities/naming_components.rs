//! `naming_components`: one row per part that a name can be made with.

use sea_orm::entity::prelude::*;

/// A part that a name can be made with, such as the suffix of a style.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "naming_components")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(
        indexed,
        unique_key = "component_type_name",
        column_type = "String(StringLen::N(100))"
    )]
    pub component_type: String,
    #[sea_orm(unique_key = "component_type_name", column_type = "String(StringLen::N(100))")]
    pub component_name: String,
    /// The text that stands in the name.
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub component_value: String,
    pub enabled: Option<bool>,
    /// How likely the part is to be drawn, relative to the others of its type.
    pub weight: Option<f64>,
    #[sea_orm(column_type = "Json")]
    pub component_metadata: Option<Json>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
}

impl ActiveModelBehavior for ActiveModel {}
