//! A PostgreSQL server gives what the embedded one gives, whatever its release.

use mcp_schema::Migrator;
use schema_testing::{TestDatabase, facts, lineage};

#[tokio::test]
async fn facts_hold_and_steps_are_reversible() {
    let database = TestDatabase::on_server("mcp").await;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    assert_eq!(facts::differences("mcp", &database).await, [""; 0]);
}
