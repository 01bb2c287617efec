//! rebuilt_enum.
//!
//! - Makes `mood` anew.
//!
//! Reversible: neither way loses data.
//!
//! Hazards: `up` writes all of `a` anew, which nobody can use meanwhile.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        connection
            .execute_unprepared(
                "ALTER TYPE mood RENAME TO mood__old;
                 CREATE TYPE mood AS ENUM ('good', 'soso', 'bad');
                 ALTER TABLE a ALTER COLUMN m TYPE mood USING m::text::mood;
                 ALTER TABLE ONLY a ALTER COLUMN m SET DEFAULT 'soso'::mood;
                 DROP TYPE mood__old",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        connection
            .execute_unprepared(
                "ALTER TYPE mood RENAME TO mood__old;
                 CREATE TYPE mood AS ENUM ('good', 'bad');
                 ALTER TABLE ONLY a ALTER COLUMN m DROP DEFAULT;
                 ALTER TABLE a ALTER COLUMN m TYPE mood USING m::text::mood;
                 DROP TYPE mood__old",
            )
            .await?;
        Ok(())
    }
}
