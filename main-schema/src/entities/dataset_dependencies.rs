//! `dataset_dependencies`: one row per dataset that another one builds on.

use sea_orm::entity::prelude::*;

/// That a dataset builds on another one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dataset_dependencies")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(unique_key = "dependency")]
    pub dataset_id: Uuid,
    #[sea_orm(unique_key = "dependency")]
    pub depends_on_dataset_id: Uuid,
    /// Null where no particular version is meant.
    #[sea_orm(unique_key = "dependency", column_type = "String(StringLen::N(50))")]
    pub depends_on_version: Option<String>,
    /// `source`, `derived` or `reference`.
    #[sea_orm(column_type = "String(StringLen::N(20))")]
    pub dependency_type: String,
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(
        belongs_to,
        relation_enum = "Dataset",
        from = "dataset_id",
        to = "id",
        on_delete = "Cascade"
    )]
    pub dataset: BelongsTo<super::datasets::Entity>,
    #[sea_orm(
        belongs_to,
        relation_enum = "DependsOnDataset",
        from = "depends_on_dataset_id",
        to = "id",
        on_delete = "Cascade"
    )]
    pub depends_on_dataset: BelongsTo<super::datasets::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
