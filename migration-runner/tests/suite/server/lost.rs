//! A runner that loses one of its sessions does not commit, and says so.

use schema_engine::lock::{CLASS, RUNNER, WORKER};
use schema_testing::{TestDatabase, server::server};

use crate::{
    fixture::{Fixture, ended, nap, until_asleep},
    observe::{notes, story, until},
};

/// Ends the session that has `lock` while a migration of `lineage` runs; gives what the runner
/// said, the fixture and the database.
async fn terminated(lineage: &'static str, lock: i32) -> (String, Fixture, TestDatabase) {
    let (fixture, name, database) = Fixture::prepared(lineage, server(), 60).await;
    let runner = fixture.start(&server().url(&name));
    until_asleep(&database, "0s").await;
    let terminate = format!(
        "SELECT pg_terminate_backend(pid)::text FROM pg_locks
          WHERE locktype = 'advisory' AND classid = {CLASS} AND objid = {lock} AND objsubid = 2
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    );
    assert_eq!(database.text(&terminate).await, "true");
    let said = ended(runner).expect_failure(1).to_owned();
    // Whatever the runner left on the server is to end with it, long before the statement does.
    until_alone(&database).await;
    nap(&database, 0).await;
    (said, fixture, database)
}

async fn until_alone(database: &TestDatabase) {
    let alone = "SELECT (count(*) = 1)::text FROM pg_stat_activity
                  WHERE datname = current_database()";
    until(database, alone).await;
}

#[tokio::test]
async fn without_its_lock_a_transaction_does_not_commit() {
    let (said, fixture, database) = terminated("nap", RUNNER).await;
    assert!(said.contains("`m20260101_000002_nap` was given up"), "{said}");
    assert!(said.contains("the connection that holds the migration lock is gone"), "{said}");
    assert_eq!(notes(&database).await, "first second");
    assert_eq!(story(&database).await, [""; 0]);
    fixture.migrate().await.expect("the next does the work");
    assert_eq!(notes(&database).await, "first second before");
    assert_eq!(story(&database).await, ["nap done"]);
}

#[tokio::test]
async fn without_its_working_session_a_transaction_does_not_commit() {
    let (said, fixture, database) = terminated("nap", WORKER).await;
    assert!(said.contains("`m20260101_000002_nap` failed and was rolled back"), "{said}");
    assert!(said.contains("terminating connection"), "{said}");
    assert_eq!(notes(&database).await, "first second");
    assert_eq!(story(&database).await, ["nap failed"]);
    fixture.migrate().await.expect("the next does the work");
    assert_eq!(notes(&database).await, "first second before");
    assert_eq!(story(&database).await, ["nap failed", "nap done"]);
}

#[tokio::test]
async fn without_its_lock_no_statement_follows() {
    let (said, fixture, database) = terminated("nap_outside", RUNNER).await;
    assert!(said.contains("`m20260101_000002_nap_outside` was given up"), "{said}");
    assert_eq!(notes(&database).await, "first second before");
    assert_eq!(story(&database).await, ["nap_outside none 1"]);
    fixture.finish().await.expect("the repair");
    assert_eq!(notes(&database).await, "first second before after");
    assert_eq!(story(&database).await, ["nap_outside none 1", "nap_outside done 4"]);
}

#[tokio::test]
async fn without_its_working_session_no_statement_follows() {
    let (said, fixture, database) = terminated("nap_outside", WORKER).await;
    assert!(said.contains("failed halfway, and what it did before stands, 1 of its"), "{said}");
    assert_eq!(notes(&database).await, "first second before");
    assert_eq!(story(&database).await, ["nap_outside failed 1"]);
    fixture.finish().await.expect("the repair");
    assert_eq!(notes(&database).await, "first second before after");
    assert_eq!(story(&database).await, ["nap_outside failed 1", "nap_outside done 4"]);
}
