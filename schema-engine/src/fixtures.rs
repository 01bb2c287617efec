//! Lineages for the tests of the pure modules.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};
use sql_migration::SqlMigration;

use crate::schema::{Kind, Migration, Schema};

struct Named(String);

impl MigrationName for Named {
    fn name(&self) -> &str {
        &self.0
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Named {
    async fn up(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}

/// A schema called `fixture` with these migrations and their Alembic revisions.
pub(crate) fn schema(migrations: &[(&str, Option<&'static str>)]) -> Schema {
    let migrations = migrations.iter().map(|(name, alembic_revision)| {
        let body = Box::new(Named((*name).to_owned()));
        Migration { alembic_revision: *alembic_revision, ..rust(body) }
    });
    of(migrations.collect())
}

/// A Rust migration.
pub(crate) fn rust(body: Box<dyn MigrationTrait>) -> Migration {
    let name = body.name().to_owned();
    Migration {
        name,
        kind: Kind::Rust,
        alembic_revision: None,
        sql: None,
        checksum: None,
        hazards: Vec::new(),
        reads_files: None,
        body,
    }
}

/// An SQL migration.
pub(crate) fn sql(name: &'static str, up: &'static str, down: &'static str) -> Migration {
    let files = SqlMigration { name, up, down };
    Migration { kind: Kind::Sql, sql: Some(files), ..rust(Box::new(files)) }
}

/// A schema called `fixture` with these migrations.
pub(crate) fn of(migrations: Vec<Migration>) -> Schema {
    Schema {
        name: "fixture",
        migrations,
        entities: "no_schema::*",
        alembic_aliases: &[],
        tables: &["notes", "users"],
        extensions: &[],
        managed: None,
        seeds: Vec::new(),
        allowed_hazards: &[],
    }
}
