//! Changes nothing: the relationships of `ai_metadata` it stands for live in the application.
//!
//! The step is kept so that each Alembic revision has its migration, and a database that stands
//! at this one can be told from its neighbours. `down` loses nothing.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
