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

        connection
            .execute_unprepared(
                "ALTER TYPE mood RENAME TO mood__old;
                 CREATE TYPE mood AS ENUM ('good', 'bad');
                 ALTER TABLE a ALTER COLUMN m TYPE mood USING m::text::mood;
                 DROP TYPE mood__old",
            )
            .await?;
        Ok(())
    }
}
