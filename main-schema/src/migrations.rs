//! The lineage of `main`: SQL files and Rust migrations, in one order.

mod m20250926_102859_create_core_agent_and_notes_tables;
mod m20250926_102954_fix_aimetadata_relationships;
mod m20250926_103516_re_enable_aimetadata_relationships;
mod m20250926_170405_migrate_notes_to_rbac;
mod m20250926_171719_migrate_email_to_rbac;
mod seeds;

use sea_orm_migration::prelude::*;
use sql_migration::*;

pub use seeds::seeds;

/// The migrations that are SQL files, oldest first.
///
/// Public, because whoever checks or prints a lineage needs the text that runs.
pub const SQL_MIGRATIONS: &[SqlMigration] = &[
    sql_migration!("m20250115_000001_pgvector"),
    sql_migration!("m20250115_000002_embeddings"),
    sql_migration!("m20250115_000003_vector_indexes"),
    sql_migration!("m20250115_000004_unified_repository"),
    sql_migration!("m20250115_000005_hnsw_optimization"),
];

/// The Alembic revision that a live database carries where it stands at a migration.
///
/// In lineage order. The SQL migrations have none: Alembic never knew of them.
pub const ALEMBIC_REVISIONS: &[(&str, &str)] = &[
    ("m20250926_102859_create_core_agent_and_notes_tables", "587157f154aa"),
    ("m20250926_102954_fix_aimetadata_relationships", "c88a9f42e7fc"),
    ("m20250926_103516_re_enable_aimetadata_relationships", "755416c2fdcb"),
    ("m20250926_170405_migrate_notes_to_rbac", "20250926_170405"),
    ("m20250926_171719_migrate_email_to_rbac", "20250926_171719"),
];

/// The migrator of the `main` database.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        in_order(
            SQL_MIGRATIONS,
            vec![
                Box::new(m20250926_102859_create_core_agent_and_notes_tables::Migration),
                Box::new(m20250926_102954_fix_aimetadata_relationships::Migration),
                Box::new(m20250926_103516_re_enable_aimetadata_relationships::Migration),
                Box::new(m20250926_170405_migrate_notes_to_rbac::Migration),
                Box::new(m20250926_171719_migrate_email_to_rbac::Migration),
            ],
        )
    }
}

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
    "agents",
    "ai_metadata",
    "column_statistics",
    "data_schemas",
    "dataset_dependencies",
    "dataset_versions",
    "datasets",
    "embeddings",
    "files",
    "note_attachments",
    "note_collaborations",
    "note_tags",
    "note_versions",
    "notebooks",
    "notes",
    "rag_caption_embeddings",
    "rag_code_embeddings",
    "rag_document_chunks",
    "rag_document_embeddings",
    "rag_documents",
    "rag_image_embeddings",
    "rag_performance_metrics",
    "resource_access_control",
    "search_analytics",
    "search_history",
    "tags",
    "todo_tags",
    "todos",
    "tool_categories",
    "tool_config_history",
    "tool_configuration",
    "tools",
];
