//! Creates the vocabulary of names: `naming_components`, `naming_config` and `naming_spirits`.
//!
//! Reversible, at a price: `down` drops the tables with all their rows.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(naming_components()).await?;
        manager.create_index(index("naming_components", "component_type")).await?;

        manager.create_table(naming_config()).await?;
        manager.create_index(index("naming_config", "config_key").unique().to_owned()).await?;

        manager.create_table(naming_spirits()).await?;
        manager.create_index(index("naming_spirits", "enabled")).await?;
        manager.create_index(index("naming_spirits", "name").unique().to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["naming_spirits", "naming_config", "naming_components"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn naming_components() -> TableCreateStatement {
    Table::create()
        .table("naming_components")
        .col(pk_uuid("id"))
        .col(string_len("component_type", 100))
        .col(string_len("component_name", 100))
        .col(string_len("component_value", 255))
        .col(boolean_null("enabled"))
        .col(double_null("weight"))
        .col(json_null("component_metadata"))
        .col(time_of_writing("created_at"))
        .col(time_of_writing("updated_at"))
        .index(
            Index::create()
                .unique()
                .name("uq_component_type_name")
                .col("component_type")
                .col("component_name"),
        )
        .to_owned()
}

fn naming_config() -> TableCreateStatement {
    Table::create()
        .table("naming_config")
        .col(pk_uuid("id"))
        .col(string_len("config_key", 100))
        .col(json("config_value"))
        .col(text_null("description"))
        .col(boolean_null("enabled"))
        .col(time_of_writing("created_at"))
        .col(time_of_writing("updated_at"))
        .to_owned()
}

fn naming_spirits() -> TableCreateStatement {
    Table::create()
        .table("naming_spirits")
        .col(pk_uuid("id"))
        .col(string_len("name", 100))
        .col(string_len("category", 100))
        .col(text("description"))
        .col(string_len("emoji", 10))
        .col(boolean_null("enabled"))
        .col(double_null("weight"))
        .col(json("generation_numbers"))
        .col(json("traits"))
        .col(json("base_names"))
        .col(json_null("custom_data"))
        .col(time_of_writing("created_at"))
        .col(time_of_writing("updated_at"))
        .to_owned()
}

/// A nullable time that defaults to that of the transaction which writes the row.
fn time_of_writing(column: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(column).default(Expr::current_timestamp()).to_owned()
}

fn index(table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().name(format!("ix_{table}_{column}")).table(table).col(column).to_owned()
}
