//! One runner works on a database at a time, and nobody waits behind it without knowing for whom.

use std::{
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use schema_engine::lock::{CLASS, RUNNER, WORKER};
use schema_testing::{TestDatabase, server::server};

use crate::runner::{Outcome, command, run};

/// A new database and its URL.
async fn database(stem: &str) -> (TestDatabase, String) {
    let url = server().url(&server().create_database(stem).await);
    (TestDatabase::at(&url).await, url)
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    command(folder, arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs")
}

fn end(child: Child) -> Outcome {
    child.wait_with_output().expect("an end").into()
}

/// Asks until `sql` gives a row, as a test that waits for another process must.
async fn wait_for(database: &TestDatabase, sql: &str) {
    let start = Instant::now();
    while database.rows(sql).await.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30), "never true: {sql}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn fifty_runners_at_once_apply_every_migration_once() {
    let (auth, url) = database("auth").await;
    let folder = tempfile::tempdir().expect("a folder");
    let runners: Vec<Child> =
        (0..50).map(|_| start(folder.path(), &["migrate", "auth", "-u", &url])).collect();
    let outcomes: Vec<Outcome> = runners.into_iter().map(end).collect();
    let applied =
        outcomes.iter().filter(|outcome| outcome.expect_success().contains("4 applied")).count();
    assert_eq!(applied, 1, "runners that found something to do");
    let runs = "SELECT migration || ' ' || count(*) || ' ' || string_agg(outcome, ',')
                  FROM migration_journal GROUP BY migration ORDER BY migration";
    let runs = auth.texts(runs).await;
    assert_eq!(runs.len(), 4, "{runs:?}");
    assert!(runs.iter().all(|run| run.ends_with(" 1 done")), "{runs:?}");
}

#[tokio::test]
async fn a_runner_that_waits_says_for_whom_and_gives_up_in_time() {
    let (mcp, url) = database("mcp").await;
    let folder = tempfile::tempdir().expect("a folder");
    for (lock, words) in [
        (RUNNER, "another runner holds the migration lock: pid "),
        (WORKER, "a statement of a runner that is gone still runs: pid "),
    ] {
        mcp.execute("SET application_name = 'somebody'").await;
        mcp.execute(&format!("SELECT pg_advisory_lock({CLASS}, {lock})")).await;
        let waiting = ["migrate", "mcp", "-u", &url, "--lock-wait", "700ms"];
        let outcome = run(folder.path(), &waiting);
        let pid = mcp.text("SELECT pg_backend_pid()::text").await;
        outcome.expect_words(4, &[words, &pid, "`somebody`", "since 20", "`--lock-wait`"]);
        assert!(outcome.stdout.contains("waiting for "), "{outcome:#?}");
        mcp.execute("SELECT pg_advisory_unlock_all()").await;
    }
    assert_eq!(mcp.text("SELECT to_regclass('migration_journal')::text").await, "null");
    run(folder.path(), &["migrate", "mcp", "-u", &url]).expect_success();
}

#[tokio::test]
async fn a_runner_that_waits_holds_one_connection_and_goes_on_at_once() {
    let (mcp, url) = database("mcp").await;
    let folder = tempfile::tempdir().expect("a folder");
    mcp.execute(&format!("SELECT pg_advisory_lock({CLASS}, {RUNNER})")).await;
    let waiting = start(folder.path(), &["migrate", "mcp", "-u", &url]);
    let others = "SELECT FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()
                     AND application_name LIKE 'migration-runner %@%'";
    wait_for(&mcp, others).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let connections = "SELECT count(*)::text FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert_eq!(mcp.text(connections).await, "1");
    mcp.execute("SELECT pg_advisory_unlock_all()").await;
    let freed = Instant::now();
    wait_for(&mcp, "SELECT FROM pg_tables WHERE tablename = 'migration_journal'").await;
    assert!(freed.elapsed() < Duration::from_secs(2), "{:?}", freed.elapsed());
    end(waiting).expect_success();
}

/// The runner waits for a lock on the table, which makes a statement as long as a test needs it.
#[tokio::test]
async fn a_killed_runner_leaves_nothing_that_the_next_one_runs_beside() {
    let (auth, url) = database("auth").await;
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "auth", "-u", &url, "-n", "2"]).expect_success();
    auth.execute("BEGIN; LOCK TABLE users").await;
    let patient = ["migrate", "auth", "-u", &url, "--lock-timeout", "0"];
    let mut killed = start(folder.path(), &patient);
    let holder = TestDatabase::at(&url).await;
    let stuck = "SELECT FROM pg_stat_activity WHERE datname = current_database()
                    AND application_name = 'migration-runner' AND wait_event_type = 'Lock'";
    wait_for(&holder, stuck).await;
    // Its statement must not notice: then the lock of the session is all that keeps others away.
    killed.kill().expect("it is killed");
    killed.wait().expect("its end");
    let next = start(folder.path(), &["migrate", "auth", "-u", &url]);
    // The server stops the statement of a client that is gone, or the table is free: either way
    // the next runner goes on, after it.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    auth.execute("COMMIT").await;
    end(next).expect_success();
    let runs = auth.texts("SELECT migration || ' ' || outcome FROM migration_journal").await;
    assert_eq!(runs.len(), 4, "the killed run left no row: {runs:?}");
}

#[tokio::test]
async fn a_busy_table_is_tried_again_until_it_is_free() {
    let (auth, url) = database("auth").await;
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "auth", "-u", &url, "-n", "2"]).expect_success();
    auth.execute("BEGIN; LOCK TABLE users").await;
    let pid = auth.text("SELECT pg_backend_pid()::text").await;
    let arguments = ["migrate", "auth", "-u", &url, "--lock-timeout", "300ms"];

    let impatient = run(folder.path(), &[&arguments[..], &["--retries", "1"]].concat());
    impatient.expect_words(1, &["gave up and was rolled back", &format!("pid {pid}")]);
    assert!(impatient.stdout.contains("was in the way of others"), "{impatient:#?}");

    let patient = start(folder.path(), &arguments);
    let look = TestDatabase::at(&url).await;
    let retried = "SELECT FROM migration_journal WHERE outcome = 'retried' OFFSET 2";
    wait_for(&look, retried).await;
    auth.execute("COMMIT").await;
    end(patient).expect_success();
    let told = "SELECT DISTINCT outcome FROM migration_journal
                 WHERE migration LIKE '%add_rbac_tables%' ORDER BY outcome";
    assert_eq!(look.texts(told).await, ["done", "failed", "retried"]);
    let named = format!("SELECT FROM migration_journal WHERE error LIKE '%pid {pid}%'");
    assert!(!look.rows(&named).await.is_empty(), "the journal names who was in the way");
}

#[tokio::test]
async fn a_runner_that_loses_a_connection_commits_nothing() {
    for (session, said) in [
        ("application_name LIKE 'migration-runner %@%'", "the migration lock is gone"),
        ("application_name = 'migration-runner'", "was rolled back"),
    ] {
        let (auth, url) = database("auth").await;
        let folder = tempfile::tempdir().expect("a folder");
        run(folder.path(), &["migrate", "auth", "-u", &url, "-n", "2"]).expect_success();
        auth.execute("BEGIN; LOCK TABLE users").await;
        let stuck = start(folder.path(), &["migrate", "auth", "-u", &url, "--lock-timeout", "20s"]);
        let look = TestDatabase::at(&url).await;
        let waits = "SELECT FROM pg_stat_activity WHERE datname = current_database()
                        AND application_name = 'migration-runner' AND wait_event_type = 'Lock'";
        wait_for(&look, waits).await;
        look.execute(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND {session}"
        ))
        .await;
        let outcome = end(stuck);
        assert!(outcome.expect_failure(1).contains(said), "{outcome:#?}");
        auth.execute("COMMIT").await;
        let applied = "SELECT count(*)::text FROM seaql_migrations";
        assert_eq!(look.text(applied).await, "2");
        run(folder.path(), &["migrate", "auth", "-u", &url]).expect_success();
    }
}
