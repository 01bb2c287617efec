//! The lineage of the mcp database.

use sea_orm_migration::prelude::*;
use sql_migration::*;

mod m20250115_100000_create_tool_config_tables;
mod seeds;

pub use seeds::seeds;

/// Runs the migrations of the mcp database, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        in_order(
            SQL_MIGRATIONS,
            vec![Box::new(m20250115_100000_create_tool_config_tables::Migration)],
        )
    }
}

/// The migrations that are SQL files, oldest first.
pub const SQL_MIGRATIONS: &[SqlMigration] = &[];

/// The Alembic revision that each migration takes the place of, in the order of the lineage.
///
/// A database that Alembic ran carries one of them in `alembic_version`.
pub const ALEMBIC_REVISIONS: &[(&str, &str)] =
    &[("m20250115_100000_create_tool_config_tables", "001_create_tool_config_tables")];

/// Hazards of migrations in Rust that were looked at and let pass: migration, hazard, reason.
pub const ALLOWED_HAZARDS: &[(&str, &str, &str)] = &[];

/// The checksum of each migration, `<migration> <digest>` a line: what tells that one was edited
/// after it ran. `cargo xtask checksums` writes them.
pub const CHECKSUMS: &str = include_str!("../checksums.txt");

/// What is dangerous in each migration on a database that is in use, for whoever migrates one
/// without a throw-away database at hand. `cargo xtask checksums` writes it.
pub const HAZARDS: &str = include_str!("../hazards.txt");

/// The tables at head: what a database of unknown origin is recognised by.
pub const TABLES: &[&str] =
    &["tool_categories", "tool_config_history", "tool_configuration", "tools"];
