//! `naming_config`: one row per setting of the name generator.

use sea_orm::entity::prelude::*;

/// A setting of the name generator.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "naming_config")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique, column_type = "String(StringLen::N(100))")]
    pub config_key: String,
    /// Whatever JSON value the key calls for: a string, an object of arrays.
    #[sea_orm(column_type = "Json")]
    pub config_value: Json,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    pub enabled: Option<bool>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
}

impl ActiveModelBehavior for ActiveModel {}
