//! odd_names.
//!
//! - Creates the table `json`.
//! - Adds `A b` to `Odd "table`.
//!
//! Reversible, at a price: `down` loses the rows of `json` and what `A b` of `Odd "table` holds.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let json_statement = Table::create().table("json").col(json_null("json")).to_owned();
        manager.create_table(json_statement).await?;

        let odd__table = Table::alter()
            .table(r#"Odd "table"#)
            .add_column(text_null("A b").default(r#"say "no""#))
            .to_owned();
        manager.alter_table(odd__table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("json").to_owned()).await?;

        let odd__table = Table::alter().table(r#"Odd "table"#).drop_column("A b").to_owned();
        manager.alter_table(odd__table).await
    }
}
