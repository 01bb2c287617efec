//! Creates `agents` and what belongs to an agent: `notebooks`, `notes`, `todos`, `tags`,
//! `ai_metadata` and the tables between them; and the tool registry: `tool_categories`, `tools`,
//! `tool_config_history`, `tool_configuration`.
//!
//! Drops a legacy `users` table, one with the columns `id`, `username`, `email` and
//! `hashed_password`, but only if it is empty, is no foreign key's target, and has neither
//! `password_hash` nor `role`, which are Gatekeeper's. Any other `users` is an error, and nothing
//! is touched.
//!
//! `down` loses every agent, note, todo and tool. It does not bring the legacy `users` back:
//! nothing was in it.

mod legacy_users;
mod notes;
mod tools;

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(legacy_users::DROP).await?;
        for table in notes::tables().into_iter().chain(tools::tables()) {
            manager.create_table(table).await?;
        }
        for index in notes::indexes().into_iter().chain(tools::indexes()) {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in notes::NAMES.iter().chain(tools::NAMES).rev() {
            manager.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        Ok(())
    }
}
