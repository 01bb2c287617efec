//! keys.
//!
//! - Drops the index `i`.
//! - Drops the constraint `u`.
//! - Creates the index `u2`.
//! - Adds the constraint `a_b_fkey`.
//! - Makes the constraint `d.d_a_fkey` anew.
//!
//! Reversible: neither way loses data.
//!
//! Hazards: `up` fails on duplicates and keeps everybody from writing `a` for a while; it reads all
//! of `a` and fails on a row that breaks it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        manager.drop_index(Index::drop().name("i").to_owned()).await?;
        manager.alter_table(Table::alter().table("a").drop_constraint("u").to_owned()).await?;

        let u2 = Index::create().unique().name("u2").table("a").col("c").col("b").to_owned();
        manager.create_index(u2).await?;

        let a_b_fkey =
            ForeignKey::create().name("a_b_fkey").from("a", "b").to("a", "id").to_owned();
        manager.create_foreign_key(a_b_fkey).await?;

        connection
            .execute_unprepared(
                "ALTER TABLE d DROP CONSTRAINT d_a_fkey;
                 ALTER TABLE d ADD CONSTRAINT d_a_fkey FOREIGN KEY (a) REFERENCES a (id)
                     ON DELETE SET NULL",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let a = Table::alter().table("a").drop_constraint("a_b_fkey").to_owned();
        manager.alter_table(a).await?;

        manager.drop_index(Index::drop().name("u2").to_owned()).await?;
        connection.execute_unprepared("ALTER TABLE a ADD CONSTRAINT u UNIQUE (b)").await?;

        let i = Index::create().name("i").table("a").col(("c", IndexOrder::Desc)).to_owned();
        manager.create_index(i).await?;

        connection
            .execute_unprepared(
                "ALTER TABLE d DROP CONSTRAINT d_a_fkey;
                 ALTER TABLE d ADD CONSTRAINT d_a_fkey FOREIGN KEY (a) REFERENCES a (id)
                     ON DELETE CASCADE",
            )
            .await?;
        Ok(())
    }
}
