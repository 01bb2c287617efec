//! enum_labels.
//!
//! - Adds the label `soso` to `mood`.
//! - Changes the default of `m` of `a`.
//!
//! Reversible: neither way loses data.

use sea_orm_migration::prelude::{extension::postgres::Type, *};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_type(Type::alter().name("mood").add_value("soso").before("bad")).await?;
        let a =
            Table::alter().table("a").modify_column(ColumnDef::new("m").default("soso")).to_owned();
        manager.alter_table(a).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("ALTER TYPE public.mood RENAME TO mood__old").await?;
        connection.execute_unprepared("CREATE TYPE public.mood AS ENUM ('good', 'bad')").await?;
        connection
            .execute_unprepared(
                "ALTER TABLE public.a ALTER COLUMN m DROP DEFAULT, ALTER COLUMN m
                    TYPE public.mood USING m::text::public.mood",
            )
            .await?;
        connection.execute_unprepared("DROP TYPE public.mood__old").await?;
        Ok(())
    }

    /// PostgreSQL lets nobody use a label of an enum in the transaction that adds it.
    fn use_transaction(&self) -> Option<bool> {
        Some(false)
    }
}
