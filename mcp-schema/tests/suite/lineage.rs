//! The lineage begins with what live databases ran, and every step of it can be taken back.

use mcp_schema::{Migrator, migrations::ALEMBIC_REVISIONS};
use schema_testing::{TestDatabase, facts, lineage};
use sea_orm_migration::MigratorTrait;

#[test]
fn the_lineage_begins_with_what_alembic_ran() {
    let lineage = [("m20250115_100000_create_tool_config_tables", "001_create_tool_config_tables")];
    assert_eq!(ALEMBIC_REVISIONS, lineage);
    let migrations = Migrator::migrations();
    let names: Vec<_> = migrations.iter().map(|migration| migration.name()).collect();
    assert!(names.starts_with(&lineage.map(|(name, _)| name)), "{names:?}");
}

#[tokio::test]
async fn every_step_down_and_up_restores_the_catalog_and_the_rows() {
    let database = TestDatabase::embedded("mcp").await;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("mcp", &database).await, [""; 0]);
}

#[tokio::test]
async fn base_leaves_nothing_behind() {
    let database = TestDatabase::embedded("mcp").await;
    assert_eq!(lineage::remains::<Migrator>(&database).await, [""; 0]);
}
