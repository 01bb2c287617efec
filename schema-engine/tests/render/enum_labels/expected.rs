//! enum_labels.
//!
//! - Adds the label `soso` to `mood`.
//! - Adds the label `worst` to `mood`.
//!
//! Reversible: neither way loses data.

use sea_orm_migration::prelude::{extension::postgres::Type, *};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_type(Type::alter().name("mood").add_value("soso").before("bad")).await?;
        manager.alter_type(Type::alter().name("mood").add_value("worst")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("ALTER TYPE public.mood RENAME TO mood__old").await?;
        connection.execute_unprepared("CREATE TYPE public.mood AS ENUM ('good', 'bad')").await?;
        connection
            .execute_unprepared(
                "ALTER TABLE public.a ALTER COLUMN m TYPE public.mood USING m::text::public.mood",
            )
            .await?;
        connection.execute_unprepared("DROP TYPE public.mood__old").await?;
        Ok(())
    }
}
