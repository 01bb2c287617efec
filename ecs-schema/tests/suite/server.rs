//! A PostgreSQL server gives what the embedded one gives, whatever its release.

use ecs_schema::{Migrator, migrations::ALEMBIC_REVISIONS};
use schema_testing::{TestDatabase, facts, lineage};

#[tokio::test]
async fn facts_hold_and_steps_are_reversible() {
    let database = TestDatabase::on_server("ecs").await;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("ecs", &database).await, [""; 0]);
}
