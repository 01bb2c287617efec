//! The network swallows what is said, and nobody is told: a run ends in time, and the next one does
//! its work.

use std::{
    process::Child,
    time::{Duration, Instant},
};

use schema_engine::lock::{CLASS, RUNNER};
use schema_testing::{TestDatabase, server::server};
use tokio::task::spawn_blocking;

use crate::{
    fixture::{Fixture, ended, nap},
    observe::{notes, story},
    proxy::{Fate, Proxy},
    runner::{Outcome, start},
};

/// What a busy machine and the goodbyes may take beside the time that is waited for the server.
const LEEWAY: Duration = Duration::from_secs(10);

/// What a runner said until it gave up, which it is to do after `silence`.
async fn gave_up(runner: Child, silence: Duration) -> Outcome {
    let start = Instant::now();
    let outcome = spawn_blocking(|| ended(runner)).await.expect("no panic");
    let time = start.elapsed();
    assert!((silence / 2..silence + LEEWAY).contains(&time), "{time:?}: {outcome:#?}");
    outcome
}

/// Loses what is said after a migration of `lineage` began to sleep, and gives the runner's error,
/// the fixture and its database.
async fn silenced(
    lineage: &'static str,
    fate: Fate,
    silence: Duration,
) -> (String, Fixture, TestDatabase) {
    let (fixture, name, database) = Fixture::prepared(lineage, server(), 1).await;
    let proxy =
        Proxy::to(
            server(),
            move |said| {
                if said.statement.contains("pg_sleep") { fate } else { Fate::Pass }
            },
        );
    let runner = fixture.start(&proxy.url(&name));
    let proxy = spawn_blocking(move || {
        proxy.wait();
        proxy
    });
    let proxy = proxy.await.expect("no panic");
    let said = gave_up(runner, silence).await.expect_failure(1).to_owned();
    // The network tells the server at last.
    drop(proxy);
    nap(&database, 0).await;
    (said, fixture, database)
}

async fn check(lineage: &'static str, fate: Fate, silence: Duration, expected: &str) {
    let (said, fixture, database) = silenced(lineage, fate, silence).await;
    assert!(said.contains(&format!("_{lineage}` was given up: {expected}")), "{said}");
    if lineage == "nap" {
        assert_eq!(notes(&database).await, "first second");
        fixture.migrate().await.expect("the next does the work");
        assert_eq!(notes(&database).await, "first second before");
        assert_eq!(story(&database).await, ["nap done"]);
    } else {
        let refused = format!("{:#}", fixture.migrate().await.expect_err("a refusal"));
        assert!(refused.contains("is incomplete"), "{refused}");
        fixture.finish().await.expect("the repair");
        assert_eq!(notes(&database).await, "first second before after");
        assert_eq!(story(&database).await, ["nap_outside none 1", "nap_outside done 4"]);
    }
}

const LOCK: &str = "the connection that holds the migration lock is gone: it has not answered for \
                    10 s";
const WORK: &str = "nothing was heard for 30 s on the connection that runs the migration";

/// One test, because all of them wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_hears_nothing_more_is_given_up_in_time() {
    let (ten, thirty) = (Duration::from_secs(10), Duration::from_secs(30));
    tokio::join!(
        check("nap", Fate::MuteAll, ten, LOCK),
        check("nap_outside", Fate::MuteAll, ten, LOCK),
        check("nap", Fate::Mute, thirty, WORK),
        check("nap_outside", Fate::Mute, thirty, WORK),
        check_waiting(ten),
    );
}

async fn check_waiting(silence: Duration) {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let holder = TestDatabase::at(&server().url(&name)).await;
    holder.execute(&format!("SELECT pg_advisory_lock({CLASS}, {RUNNER})")).await;
    let mut asked = 0;
    let proxy = Proxy::to(server(), move |said| {
        asked += usize::from(said.statement.contains("pg_try_advisory_lock"));
        if asked == 3 { Fate::MuteAll } else { Fate::Pass }
    });
    let url = proxy.url(&name);
    let runner = start(folder.path(), &["migrate", "mcp", "-u", &url, "--lock-wait", "10min"]);
    let outcome = gave_up(runner, silence).await;
    let silent = "the server did not answer for 10 s when asked for the migration lock";
    outcome.expect_words(1, &[silent]);
}
