//! The migrated database is what the facts and the entities say.

use ecs_schema::{Migrator, migrations::TABLES};
use schema_testing::{TestDatabase, entities, facts, lineage};

#[tokio::test]
async fn facts_hold_at_head() {
    let database = lineage::migrated::<Migrator>("ecs").await;
    assert_eq!(facts::differences("ecs", &database).await, [""; 0]);
}

#[tokio::test]
async fn entities_say_what_migrations_make() {
    let migrated = lineage::migrated::<Migrator>("ecs").await;
    let empty = TestDatabase::embedded("ecs").await;
    assert_eq!(entities::differences("ecs_schema::*", &migrated, &empty).await, [""; 0]);
}

#[test]
fn tables_are_those_of_the_facts() {
    assert_eq!(TABLES, facts::tables("ecs"));
}
