//! The schema crates of this build, as the engine takes them.

use schema_engine::{
    checksum, lint,
    schema::{Kind, Migration, Schema},
};
use sea_orm_migration::MigrationTrait;
use sql_migration::SqlMigration;

/// Every schema that was compiled in.
pub(crate) fn schemas() -> Vec<Schema> {
    vec![
        #[cfg(feature = "auth")]
        auth(),
        #[cfg(feature = "main")]
        main(),
        #[cfg(feature = "ecs")]
        ecs(),
        #[cfg(feature = "mcp")]
        mcp(),
    ]
}

#[cfg(feature = "auth")]
fn auth() -> Schema {
    use auth_schema::{Migrator, gatekeeper, migrations};
    use schema_engine::schema::Managed;
    use sea_orm_migration::MigratorTrait;

    Schema {
        name: "auth",
        entities: "auth_schema::*",
        migrations: lineage(
            Migrator::migrations(),
            migrations::ALEMBIC_REVISIONS,
            migrations::SQL_MIGRATIONS,
            migrations::CHECKSUMS,
            migrations::HAZARDS,
        ),
        alembic_aliases: &[],
        tables: migrations::TABLES,
        extensions: &[],
        managed: Some(Managed {
            tables: &["users"],
            ensure: |db| Box::pin(gatekeeper::ensure(db)),
        }),
        seeds: migrations::seeds(),
        allowed_hazards: migrations::ALLOWED_HAZARDS,
    }
}

#[cfg(feature = "main")]
fn main() -> Schema {
    use main_schema::{Migrator, email_data, migrations};
    use sea_orm_migration::MigratorTrait;

    let mut lineage = lineage(
        Migrator::migrations(),
        migrations::ALEMBIC_REVISIONS,
        migrations::SQL_MIGRATIONS,
        migrations::CHECKSUMS,
        migrations::HAZARDS,
    );
    if let Some(reader) = lineage.iter_mut().find(|known| known.name == email_data::MIGRATION) {
        reader.reads_files = Some(email_data::FILES);
    }
    Schema {
        name: "main",
        entities: "main_schema::*",
        migrations: lineage,
        alembic_aliases: &[],
        tables: migrations::TABLES,
        extensions: &["vector", "pg_trgm", "btree_gin"],
        managed: None,
        seeds: migrations::seeds(),
        allowed_hazards: migrations::ALLOWED_HAZARDS,
    }
}

#[cfg(feature = "ecs")]
fn ecs() -> Schema {
    use ecs_schema::{Migrator, migrations};
    use sea_orm_migration::MigratorTrait;

    Schema {
        name: "ecs",
        entities: "ecs_schema::*",
        migrations: lineage(
            Migrator::migrations(),
            migrations::ALEMBIC_REVISIONS,
            migrations::SQL_MIGRATIONS,
            migrations::CHECKSUMS,
            migrations::HAZARDS,
        ),
        alembic_aliases: migrations::ALEMBIC_ALIASES,
        tables: migrations::TABLES,
        extensions: &[],
        managed: None,
        seeds: migrations::seeds(),
        allowed_hazards: migrations::ALLOWED_HAZARDS,
    }
}

#[cfg(feature = "mcp")]
fn mcp() -> Schema {
    use mcp_schema::{Migrator, migrations};
    use sea_orm_migration::MigratorTrait;

    Schema {
        name: "mcp",
        entities: "mcp_schema::*",
        migrations: lineage(
            Migrator::migrations(),
            migrations::ALEMBIC_REVISIONS,
            migrations::SQL_MIGRATIONS,
            migrations::CHECKSUMS,
            migrations::HAZARDS,
        ),
        alembic_aliases: &[],
        tables: migrations::TABLES,
        extensions: &[],
        managed: None,
        seeds: migrations::seeds(),
        allowed_hazards: migrations::ALLOWED_HAZARDS,
    }
}

#[cfg_attr(
    not(any(feature = "auth", feature = "main", feature = "ecs", feature = "mcp")),
    expect(dead_code, reason = "a build without a schema still creates migrations")
)]
fn lineage(
    migrations: Vec<Box<dyn MigrationTrait>>,
    revisions: &[(&str, &'static str)],
    sql: &[SqlMigration],
    checksums: &'static str,
    hazards: &'static str,
) -> Vec<Migration> {
    let describe = |body: Box<dyn MigrationTrait>| {
        let name = body.name().to_owned();
        let sql = sql.iter().find(|migration| migration.name == name).copied();
        let kind = if sql.is_some() { Kind::Sql } else { Kind::Rust };
        let revision = revisions.iter().find(|(migration, _)| *migration == name);
        let alembic_revision = revision.map(|(_, revision)| *revision);
        let checksum = checksum::find(checksums, &name);
        let hazards = lint::compiled(hazards, &name);
        let reads_files = None;
        Migration { name, kind, alembic_revision, sql, checksum, hazards, reads_files, body }
    };
    migrations.into_iter().map(describe).collect()
}
