//! Lineages for the tests of the pure modules.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

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
    let migrations = migrations.iter().map(|(name, alembic_revision)| Migration {
        name: (*name).to_owned(),
        kind: Kind::Rust,
        alembic_revision: *alembic_revision,
        sql: None,
        body: Box::new(Named((*name).to_owned())),
    });
    Schema {
        name: "fixture",
        migrations: migrations.collect(),
        tables: &["notes", "users"],
        extensions: &[],
        managed: None,
    }
}
