//! A migration whose two directions are SQL files.

use sea_orm_migration::prelude::*;

/// A pair of SQL files, compiled into the crate.
#[derive(Debug, Clone, Copy)]
pub struct SqlMigration {
    /// The migration's name, which is also the stem of its files.
    pub name: &'static str,
    /// The text of `<name>.up.sql`.
    pub up: &'static str,
    /// The text of `<name>.down.sql`.
    pub down: &'static str,
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

// A file is sent whole: splitting it at semicolons would tear the function bodies apart.
#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.up).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.down).await.map(|_| ())
    }
}
