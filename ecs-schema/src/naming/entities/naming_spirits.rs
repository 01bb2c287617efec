//! `naming_spirits`: one row per animal spirit.

use sea_orm::entity::prelude::*;

/// An animal spirit that an agent can have, with what its names are made from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "naming_spirits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique, column_type = "String(StringLen::N(100))")]
    pub name: String,
    #[sea_orm(column_type = "String(StringLen::N(100))")]
    pub category: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    #[sea_orm(column_type = "String(StringLen::N(10))")]
    pub emoji: String,
    #[sea_orm(indexed)]
    pub enabled: Option<bool>,
    /// How likely the spirit is to be drawn, relative to the others.
    pub weight: Option<f64>,
    /// Array of the numbers that a name of this spirit can end in.
    #[sea_orm(column_type = "Json")]
    pub generation_numbers: Json,
    /// Array of words.
    #[sea_orm(column_type = "Json")]
    pub traits: Json,
    /// Array of the words that a name of this spirit can begin with.
    #[sea_orm(column_type = "Json")]
    pub base_names: Json,
    #[sea_orm(column_type = "Json")]
    pub custom_data: Option<Json>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub updated_at: Option<DateTimeWithTimeZone>,
}

impl ActiveModelBehavior for ActiveModel {}
