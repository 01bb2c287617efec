//! The lineage begins with what live databases ran, and every step of it can be taken back.

use ecs_schema::{Migrator, migrations::ALEMBIC_REVISIONS};
use schema_testing::{TestDatabase, facts, lineage};
use sea_orm_migration::MigratorTrait;

#[test]
fn the_lineage_begins_with_what_alembic_ran() {
    let lineage = [
        ("m20250920_210854_add_naming_configuration_tables", "183c8980160f"),
        ("m20250920_215024_initial_ecs_schema", "b16020be0286"),
        ("m20250920_220202_add_initial_data", "cc04580c04ef"),
        ("m20250920_221051_add_complete_race_data", "9f94d908afb9"),
        ("m20250921_093355_populate_base_names", "22ebdcff71c4"),
        ("m20250921_171200_fix_success_advisor_8_spirit_to_lion", "fc949a6025ca"),
    ];
    assert_eq!(ALEMBIC_REVISIONS, lineage);
    let migrations = Migrator::migrations();
    let names: Vec<_> = migrations.iter().map(|migration| migration.name()).collect();
    assert!(names.starts_with(&lineage.map(|(name, _)| name)), "{names:?}");
}

#[tokio::test]
async fn every_step_down_and_up_restores_the_catalog_and_the_rows() {
    let database = TestDatabase::embedded("ecs").await;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("ecs", &database).await, [""; 0]);
}

#[tokio::test]
async fn base_leaves_nothing_behind() {
    let database = TestDatabase::embedded("ecs").await;
    assert_eq!(lineage::remains::<Migrator>(&database).await, [""; 0]);
}
