//! The lineage begins with what live databases ran, and every step of it can be taken back, down to
//! Gatekeeper's `users`.

use auth_schema::{Migrator, gatekeeper, migrations::ALEMBIC_REVISIONS};
use schema_testing::{TestDatabase, catalog, facts, lineage};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

#[test]
fn the_lineage_begins_with_what_alembic_ran() {
    let lineage = [
        ("m20250925_124847_add_pgp_key_management_tables", "ba21208304a0"),
        ("m20250925_130251_add_ssh_key_management_tables", "caa8578f93f6"),
        ("m20250926_162815_add_rbac_tables_and_fields", "20250926_162815"),
        ("m20250926_165024_populate_default_rbac_data", "20250926_165024"),
    ];
    assert_eq!(ALEMBIC_REVISIONS, lineage);
    let migrations = Migrator::migrations();
    let names: Vec<_> = migrations.iter().map(|migration| migration.name()).collect();
    assert!(names.starts_with(&lineage.map(|(name, _)| name)), "{names:?}");
}

#[tokio::test]
async fn every_step_down_and_up_restores_the_catalog_and_the_rows() -> Result<(), DbErr> {
    let database = TestDatabase::embedded("auth").await;
    gatekeeper::ensure(database.connection()).await?;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("auth", &database).await, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn base_leaves_nothing_behind_but_what_gatekeeper_makes() -> Result<(), DbErr> {
    let database = TestDatabase::embedded("auth").await;
    let other = TestDatabase::embedded("auth").await;
    gatekeeper::ensure(other.connection()).await?;
    let of_gatekeeper = catalog::lines(&other).await;
    let of_gatekeeper: Vec<_> = of_gatekeeper.iter().map(|line| format!("+ {line}")).collect();
    assert_eq!(lineage::remains::<Migrator>(&database).await, of_gatekeeper);
    Ok(())
}

#[tokio::test]
async fn accounts_outlive_the_way_up_and_down() -> Result<(), DbErr> {
    let database = TestDatabase::embedded("auth").await;
    gatekeeper::ensure(database.connection()).await?;
    database
        .execute(
            "INSERT INTO users (id, username, password_hash, role)
             VALUES (gen_random_uuid(), 'reynard', 'hash', 'admin')",
        )
        .await;
    let account = "SELECT to_jsonb(users)::text FROM users";
    let before = database.text(account).await;
    Migrator::up(database.connection(), None).await?;
    let rbac = "SELECT concat_ws(' ', rbac_enabled, coalesce(default_role, 'none')) FROM users";
    assert_eq!(database.text(rbac).await, "f none");
    Migrator::down(database.connection(), None).await?;
    assert_eq!(database.text(account).await, before);
    Ok(())
}
