//! The schema crates of this build, as the engine takes them.

use schema_engine::schema::{Kind, Migration, Schema};
use sea_orm_migration::MigrationTrait;

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
        migrations: lineage(Migrator::migrations(), migrations::ALEMBIC_REVISIONS, &[]),
        tables: migrations::TABLES,
        extensions: &[],
        managed: Some(Managed {
            tables: &["users"],
            ensure: |db| Box::pin(gatekeeper::ensure(db)),
        }),
    }
}

#[cfg(feature = "main")]
fn main() -> Schema {
    use main_schema::{Migrator, migrations};
    use sea_orm_migration::MigratorTrait;

    let sql: Vec<&str> =
        migrations::SQL_MIGRATIONS.iter().map(|migration| migration.name).collect();
    Schema {
        name: "main",
        migrations: lineage(Migrator::migrations(), migrations::ALEMBIC_REVISIONS, &sql),
        tables: migrations::TABLES,
        extensions: &["vector", "pg_trgm", "btree_gin"],
        managed: None,
    }
}

#[cfg(feature = "ecs")]
fn ecs() -> Schema {
    use ecs_schema::{Migrator, migrations};
    use sea_orm_migration::MigratorTrait;

    Schema {
        name: "ecs",
        migrations: lineage(Migrator::migrations(), migrations::ALEMBIC_REVISIONS, &[]),
        tables: migrations::TABLES,
        extensions: &[],
        managed: None,
    }
}

#[cfg(feature = "mcp")]
fn mcp() -> Schema {
    use mcp_schema::{Migrator, migrations};
    use sea_orm_migration::MigratorTrait;

    Schema {
        name: "mcp",
        migrations: lineage(Migrator::migrations(), migrations::ALEMBIC_REVISIONS, &[]),
        tables: migrations::TABLES,
        extensions: &[],
        managed: None,
    }
}

fn lineage(
    migrations: Vec<Box<dyn MigrationTrait>>,
    revisions: &[(&str, &'static str)],
    sql: &[&str],
) -> Vec<Migration> {
    let describe = |body: Box<dyn MigrationTrait>| {
        let name = body.name().to_owned();
        let kind = if sql.contains(&name.as_str()) { Kind::Sql } else { Kind::Rust };
        let revision = revisions.iter().find(|(migration, _)| *migration == name);
        Migration { alembic_revision: revision.map(|(_, revision)| *revision), name, kind, body }
    };
    migrations.into_iter().map(describe).collect()
}
