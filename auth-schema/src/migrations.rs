//! The lineage of the auth database.

use sea_orm_migration::prelude::*;
use sql_migration::*;

mod m20250925_124847_add_pgp_key_management_tables;
mod m20250925_130251_add_ssh_key_management_tables;
mod m20250926_162815_add_rbac_tables_and_fields;
mod m20250926_165024_populate_default_rbac_data;
mod seeds;

pub use seeds::seeds;

/// Runs the migrations of the auth database, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        in_order(
            SQL_MIGRATIONS,
            vec![
                Box::new(m20250925_124847_add_pgp_key_management_tables::Migration),
                Box::new(m20250925_130251_add_ssh_key_management_tables::Migration),
                Box::new(m20250926_162815_add_rbac_tables_and_fields::Migration),
                Box::new(m20250926_165024_populate_default_rbac_data::Migration),
            ],
        )
    }
}

/// The migrations that are SQL files, oldest first.
pub const SQL_MIGRATIONS: &[SqlMigration] = &[];

/// The Alembic revision that each migration takes the place of, in the order of the lineage.
///
/// A database that Alembic ran carries one of them in `alembic_version`.
pub const ALEMBIC_REVISIONS: &[(&str, &str)] = &[
    ("m20250925_124847_add_pgp_key_management_tables", "ba21208304a0"),
    ("m20250925_130251_add_ssh_key_management_tables", "caa8578f93f6"),
    ("m20250926_162815_add_rbac_tables_and_fields", "20250926_162815"),
    ("m20250926_165024_populate_default_rbac_data", "20250926_165024"),
];

/// Hazards of migrations in Rust that were looked at and let pass: migration, hazard, reason.
pub const ALLOWED_HAZARDS: &[(&str, &str, &str)] = &[];

/// The checksum of each migration, `<migration> <digest>` a line: what tells that one was edited
/// after it ran. `cargo xtask checksums` writes them.
pub const CHECKSUMS: &str = include_str!("../checksums.txt");

/// What is dangerous in each migration on a database that is in use, for whoever migrates one
/// without a throw-away database at hand. `cargo xtask checksums` writes it.
pub const HAZARDS: &str = include_str!("../hazards.txt");

/// The tables at head: what a database of unknown origin is recognised by.
pub const TABLES: &[&str] = &[
    "permissions",
    "pgp_key_access_logs",
    "pgp_key_rotation_logs",
    "pgp_keys",
    "resource_access_control",
    "role_permissions",
    "roles",
    "ssh_key_access_logs",
    "ssh_key_rotation_logs",
    "ssh_keys",
    "user_roles",
    "users",
];
