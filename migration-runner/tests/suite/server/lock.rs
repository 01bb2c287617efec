//! One runner works on a database at a time, whoever else starts, waits or dies.

use std::{
    io::{BufRead, BufReader},
    process::Child,
    time::Duration,
};

use schema_engine::{
    lock::{CLASS, RUNNER, WORKER},
    plan::Goal,
};
use schema_testing::{TestDatabase, server::server};
use tokio::time::sleep;

use crate::{
    fixture::{Fixture, ended, kill, nap, until_asleep},
    observe::{notes, until},
    proxy::{Fate, Proxy},
    runner::{Outcome, length, printed, run, start},
};

/// How soon the next one is to go on.
const PROMPT: Duration = Duration::from_secs(2);

/// A new database and its URL.
async fn database(stem: &str) -> (TestDatabase, String) {
    let url = server().url(&server().create_database(stem).await);
    (TestDatabase::at(&url).await, url)
}

/// When the last migration began to run, in milliseconds after the time that `since` selects.
async fn began_after(database: &TestDatabase, since: &str) -> i64 {
    let sql = format!(
        "SELECT floor(extract(epoch FROM started_at - ({since})::timestamptz) * 1000)::text
           FROM migration_journal WHERE outcome = 'done' ORDER BY id DESC LIMIT 1"
    );
    database.text(&sql).await.parse().expect("a number")
}

fn is_prompt(milliseconds: i64) -> bool {
    u128::try_from(milliseconds).is_ok_and(|passed| passed < PROMPT.as_millis())
}

#[tokio::test]
async fn fifty_runners_at_once_apply_every_migration_once() {
    let (auth, url) = database("auth").await;
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["migrate", "auth", "-u", &url, "--lock-wait", "10min"];
    let runners: Vec<Child> = (0..50).map(|_| start(folder.path(), &arguments)).collect();
    let outcomes: Vec<Outcome> = runners.into_iter().map(ended).collect();
    let all = format!("{} applied", length("auth"));
    let applied = outcomes.iter().filter(|outcome| outcome.expect_success().contains(&all));
    assert_eq!(applied.count(), 1, "runners that found something to do");
    let runs = "SELECT migration || ' ' || count(*) || ' ' || string_agg(outcome, ',')
                  FROM migration_journal GROUP BY migration ORDER BY migration";
    let runs = auth.texts(runs).await;
    assert_eq!(runs.len(), length("auth"), "{runs:?}");
    assert!(runs.iter().all(|run| run.ends_with(" 1 done")), "{runs:?}");
}

#[tokio::test]
async fn a_runner_that_waits_says_for_whom_and_gives_up_in_time() {
    let (mcp, url) = database("mcp").await;
    let folder = tempfile::tempdir().expect("a folder");
    let pid = format!("pid {} ", mcp.text("SELECT pg_backend_pid()::text").await);
    mcp.execute("SET application_name = 'somebody'").await;
    for (lock, words) in [
        (RUNNER, "another runner holds the migration lock: pid "),
        (WORKER, "a statement of a runner that is gone still runs: pid "),
    ] {
        mcp.execute(&format!("SELECT pg_advisory_lock({CLASS}, {lock})")).await;
        let waiting = ["migrate", "mcp", "-u", &url, "--lock-wait", "700ms"];
        let outcome = run(folder.path(), &waiting);
        let whom = [words, &pid, "`somebody`", "from 127.0.0.1", "since 20", "`--lock-wait`"];
        outcome.expect_words(4, &whom);
        assert!(outcome.stdout.contains("waiting for "), "{outcome:#?}");
        mcp.execute("SELECT pg_advisory_unlock_all()").await;
    }
    assert_eq!(mcp.text("SELECT to_regclass('migration_journal')::text").await, "null");
    run(folder.path(), &["migrate", "mcp", "-u", &url]).expect_success();
}

#[tokio::test]
async fn a_runner_that_waits_holds_one_connection_and_keeps_no_reader_away() {
    let (mcp, url) = database("mcp").await;
    let folder = tempfile::tempdir().expect("a folder");
    mcp.execute(&format!("SELECT pg_advisory_lock({CLASS}, {RUNNER})")).await;
    let waiting = start(folder.path(), &["migrate", "mcp", "-u", &url]);
    // It looks up whom it waits for.
    let waits = "SELECT EXISTS (
                     SELECT FROM pg_stat_activity
                      WHERE datname = current_database() AND query LIKE '%pg_locks%'
                        AND application_name LIKE 'migration-runner %@%')::text";
    until(&mcp, waits).await;
    let connections = "SELECT count(*)::text FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for _ in 0..10 {
        assert_eq!(mcp.text(connections).await, "1");
        sleep(Duration::from_millis(50)).await;
    }
    run(folder.path(), &["status", "mcp", "-u", &url]).expect_success();
    mcp.execute("SELECT pg_advisory_unlock_all()").await;
    ended(waiting).expect_success();
}

#[tokio::test]
async fn the_next_goes_on_soon_after_one_was_killed_between_two_statements() {
    let mut times = Vec::new();
    // A busy machine may be late, but not again and again.
    while times.len() < 3 && !times.iter().copied().any(is_prompt) {
        times.push(killed_between_two_statements().await);
    }
    assert!(times.iter().copied().any(is_prompt), "{times:?} ms");
}

async fn killed_between_two_statements() -> i64 {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let database = TestDatabase::at(&server().url(&name)).await;
    let mut migrates = false;
    let proxy = Proxy::to(server(), move |said| {
        migrates |= said.begins_migration();
        if migrates && said.statement == "COMMIT" { Fate::Hold } else { Fate::Pass }
    });
    let first = start(folder.path(), &["migrate", "mcp", "-u", &proxy.url(&name)]);
    proxy.wait();
    let second = &["migrate", "mcp", "-u", &server().url(&name)];
    let mut second = start(folder.path(), second);
    let mut lines = BufReader::new(second.stdout.take().expect("a pipe")).lines();
    let waits = lines.by_ref().map_while(Result::ok).find(|line| line.contains("waiting for"));
    let waits = printed(waits.expect("the second says whom it waits for"));
    assert!(waits.contains("waiting for another runner: pid "), "{waits}");
    assert!(waits.contains("(`migration-runner "), "{waits}");
    kill(first);
    let death = database.text("SELECT clock_timestamp()::text").await;
    for line in lines {
        printed(line.expect("text"));
    }
    ended(second).expect_success();
    began_after(&database, &format!("SELECT '{death}'")).await
}

#[tokio::test]
async fn a_statement_that_outlives_its_runner_is_waited_for() {
    let mut times = Vec::new();
    while times.len() < 3 && !times.iter().copied().any(is_prompt) {
        times.push(killed_inside_a_statement().await);
    }
    assert!(times.iter().copied().any(is_prompt), "{times:?} ms");
}

/// Gives how long after the statement's end the next runner began.
async fn killed_inside_a_statement() -> i64 {
    let (fixture, name, database) = Fixture::prepared("deep_nap", server(), 4).await;
    let killed = fixture.start(&server().url(&name));
    let pid = until_asleep(&database, "1s").await;
    let end = format!(
        "SELECT (query_start + interval '4s')::text FROM pg_stat_activity WHERE pid = {pid}"
    );
    let end = database.text(&end).await;
    kill(killed);
    nap(&database, 0).await;

    let mut said = Vec::new();
    let next = fixture.migrate_by(Goal::End, |line| said.push(line.to_owned())).await;
    next.expect("the next does the work");
    let waits = format!("waiting for a statement of a runner that is gone: pid {pid} (");
    assert!(said.iter().any(|line| line.starts_with(&waits)), "{said:?}");
    assert_eq!(notes(&database).await, "first second before");
    let passed = began_after(&database, &format!("SELECT '{end}'")).await;
    assert!(passed >= 0, "it ran beside the statement, {passed} ms after its end");
    passed
}
