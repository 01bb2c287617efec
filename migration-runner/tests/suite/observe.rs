//! What a test sees of a database from the side.

use std::time::Duration;

use schema_testing::TestDatabase;
use tokio::time::sleep;

/// Waits until `condition` selects `true`.
pub(crate) async fn until(database: &TestDatabase, condition: &str) {
    for _ in 0..6000 {
        if database.text(condition).await == "true" {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("this does not come true: {condition}");
}

/// The bodies of the fixtures' notes, in the order that they were written in.
pub(crate) async fn notes(database: &TestDatabase) -> String {
    database.text("SELECT string_agg(body, ' ' ORDER BY id) FROM notes").await
}

/// How each run behind the first migration ended, and how many of its statements stand.
pub(crate) async fn story(database: &TestDatabase) -> Vec<String> {
    let sql = "SELECT concat_ws(' ', regexp_replace(migration, '^m[0-9_]*_', ''),
                                coalesce(outcome, 'none'), statements_done)
                 FROM migration_journal WHERE id > 1 ORDER BY id";
    database.texts(sql).await
}
