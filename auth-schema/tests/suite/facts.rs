//! The migrated database is what the facts say of it, and at head what the entities say.

use auth_schema::{
    Migrator,
    migrations::{ALEMBIC_REVISIONS, TABLES},
};
use schema_testing::{TestDatabase, entities, facts, lineage};

/// An embedded database like the live ones that the facts were taken from.
async fn as_alembic_left_it() -> TestDatabase {
    let database = TestDatabase::embedded("auth").await;
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    database
}

#[tokio::test]
async fn facts_hold_where_alembic_ended() {
    let database = as_alembic_left_it().await;
    assert_eq!(facts::differences("auth", &database).await, [""; 0]);
}

#[tokio::test]
async fn entities_say_what_migrations_make() {
    let migrated = lineage::migrated::<Migrator>("auth").await;
    let empty = TestDatabase::embedded("auth").await;
    assert_eq!(entities::differences("auth_schema::*", &migrated, &empty).await, [""; 0]);
}

#[tokio::test]
async fn the_tables_at_head_are_listed() {
    let database = lineage::migrated::<Migrator>("auth").await;
    assert_eq!(TABLES, facts::tables(&database).await);
}
