//! The categories of tools and the configuration can be put back, and what was changed stays.

use mcp_schema::{Migrator, migrations};
use schema_testing::{facts, lineage, seeds};

#[tokio::test]
async fn rows_that_are_missing_are_named_and_put_back_once() {
    let database = lineage::migrated::<Migrator>("mcp").await;
    let expected = migrations::seeds();
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    database.execute("DELETE FROM tool_categories; DELETE FROM tool_configuration").await;
    let missing = seeds::missing(&database, &expected).await;
    assert_eq!(missing.len(), 19 + 1);
    assert_eq!(missing[0], "tool_categories: AGENT");
    assert_eq!(missing[19], "tool_configuration: the configuration");

    assert_eq!(seeds::restore(&database, &expected).await, 19 + 1);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(facts::differences("mcp", &database).await, [""; 0]);
}

#[tokio::test]
async fn what_was_changed_is_neither_missing_nor_touched() {
    let database = lineage::migrated::<Migrator>("mcp").await;
    let expected = migrations::seeds();
    database
        .execute(
            "UPDATE tool_categories SET display_name = 'Mine', is_active = false;
             UPDATE tool_configuration SET id = gen_random_uuid(), version = '2.0.0'",
        )
        .await;
    let rows = "SELECT to_jsonb(c)::text FROM tool_categories c
                UNION ALL SELECT to_jsonb(c)::text FROM tool_configuration c ORDER BY 1";
    let before = database.texts(rows).await;
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(database.texts(rows).await, before);
}
