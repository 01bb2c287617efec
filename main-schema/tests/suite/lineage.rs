//! The lineage begins with what live databases ran, and every step of it can be taken back.

use main_schema::{
    Migrator,
    migrations::{ALEMBIC_REVISIONS, SQL_MIGRATIONS},
};
use schema_testing::{TestDatabase, facts, lineage};
use sea_orm_migration::MigratorTrait;

const SQL: [&str; 5] = [
    "m20250115_000001_pgvector",
    "m20250115_000002_embeddings",
    "m20250115_000003_vector_indexes",
    "m20250115_000004_unified_repository",
    "m20250115_000005_hnsw_optimization",
];

const ALEMBIC: [(&str, &str); 5] = [
    ("m20250926_102859_create_core_agent_and_notes_tables", "587157f154aa"),
    ("m20250926_102954_fix_aimetadata_relationships", "c88a9f42e7fc"),
    ("m20250926_103516_re_enable_aimetadata_relationships", "755416c2fdcb"),
    ("m20250926_170405_migrate_notes_to_rbac", "20250926_170405"),
    ("m20250926_171719_migrate_email_to_rbac", "20250926_171719"),
];

#[test]
fn sql_files_run_first_and_then_what_alembic_ran() {
    assert_eq!(ALEMBIC_REVISIONS, ALEMBIC);
    let sql: Vec<_> = SQL_MIGRATIONS.iter().map(|migration| migration.name).collect();
    assert!(sql.starts_with(&SQL), "{sql:?}");
    let migrations = Migrator::migrations();
    let names: Vec<_> = migrations.iter().map(|migration| migration.name()).collect();
    assert!(names.starts_with(&[SQL, ALEMBIC.map(|(name, _)| name)].concat()), "{names:?}");
}

#[tokio::test]
async fn every_step_down_and_up_restores_the_catalog() {
    let database = TestDatabase::embedded("e2e").await;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("main", &database).await, [""; 0]);
}

#[tokio::test]
async fn base_leaves_nothing_behind() {
    let database = TestDatabase::embedded("e2e").await;
    assert_eq!(lineage::remains::<Migrator>(&database).await, [""; 0]);
}
