//! Each lineage makes the same catalog on a server as on the embedded PostgreSQL.

use schema_engine::catalog::{Fingerprint, listing};
use schema_testing::{TestDatabase, catalog, lineage};
use sea_orm_migration::MigratorTrait;

async fn check<M: MigratorTrait>(database: &str) {
    let server = TestDatabase::on_server(database).await;
    M::up(server.connection(), None).await.expect("head");
    let one = catalog::of(&server).await;
    let other = catalog::of(&lineage::migrated::<M>(database).await).await;
    let difference = listing::difference(&listing::lines(&one), &listing::lines(&other));
    assert_eq!(difference, [""; 0]);
    assert_eq!(one, other);
    assert_eq!(Fingerprint::of(&one), Fingerprint::of(&other));
}

#[tokio::test]
async fn auth_is_the_same_on_every_release() {
    check::<auth_schema::Migrator>("auth").await;
}

#[tokio::test]
async fn ecs_is_the_same_on_every_release() {
    check::<ecs_schema::Migrator>("ecs").await;
}

#[tokio::test]
async fn main_is_the_same_on_every_release() {
    // The twin: on production a migration would look for e-mail data.
    check::<main_schema::Migrator>("e2e").await;
}

#[tokio::test]
async fn mcp_is_the_same_on_every_release() {
    check::<mcp_schema::Migrator>("mcp").await;
}
