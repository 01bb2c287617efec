//! A table that others hold: a run gives way, tries again, and says who is in its way.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use schema_testing::{TestDatabase, server::server};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::{
    fixture::{Fixture, ended, nap, until_asleep},
    observe::{story, until},
    runner::{run, start},
};

/// How long a statement of the run may wait.
const LOCK_TIMEOUT: Duration = Duration::from_millis(300);

/// What a query may take on a busy machine beside that.
const LEEWAY: Duration = Duration::from_secs(1);

/// A database whose next migration alters `users`, a session that reads `users` in a transaction
/// without an end, and the number of its process.
async fn held() -> (String, TestDatabase, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url(&server().create_database("auth").await);
    run(folder.path(), &["migrate", "auth", "-n", "2", "-u", &url]).expect_success();
    let holder = TestDatabase::at(&format!("{url}?application_name=report")).await;
    holder.execute("BEGIN; SELECT count(*) FROM users").await;
    let pid = holder.text("SELECT pg_backend_pid()::text").await;
    (url, holder, pid)
}

/// Reads `users` again and again; gives how long the longest took when it is told to stop.
struct Reader {
    is_over: Arc<AtomicBool>,
    work: JoinHandle<Duration>,
}

impl Reader {
    async fn start(url: &str) -> Self {
        let database = TestDatabase::at(url).await;
        let is_over = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&is_over);
        let work = tokio::spawn(async move {
            let mut longest = Duration::ZERO;
            while !stop.load(Ordering::SeqCst) {
                let start = Instant::now();
                database.text("SELECT count(*)::text FROM users").await;
                longest = longest.max(start.elapsed());
            }
            longest
        });
        Self { is_over, work }
    }

    /// Makes sure that it had to wait behind the run, and never for long.
    async fn waited_little(self) {
        self.is_over.store(true, Ordering::SeqCst);
        let longest = self.work.await.expect("no panic");
        assert!((LOCK_TIMEOUT / 2..LOCK_TIMEOUT + LEEWAY).contains(&longest), "{longest:?}");
    }
}

const OUTCOMES: &str = "SELECT outcome FROM migration_journal WHERE id > 2 ORDER BY id";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_gives_way_until_the_table_is_free() {
    let folder = tempfile::tempdir().expect("a folder");
    let (url, holder, pid) = held().await;
    let reader = Reader::start(&url).await;
    let database = TestDatabase::at(&url).await;
    let arguments = ["migrate", "auth", "-u", &url, "--lock-timeout", "300ms"];
    let runner = start(folder.path(), &arguments);
    let retried = "SELECT (count(*) >= 2)::text FROM migration_journal WHERE outcome = 'retried'";
    until(&database, retried).await;
    reader.waited_little().await;
    holder.execute("ROLLBACK").await;
    let outcome = spawn_blocking(|| ended(runner)).await.expect("no panic");
    let said = outcome.expect_success();
    let retry = "m20250926_162815_add_rbac_tables_and_fields was in the way of others and was taken \
                 back (";
    assert!(said.contains(retry), "{said}");
    assert!(said.contains(&format!("in its way was pid {pid} (`report`, ")), "{said}");
    let errors = "SELECT error FROM migration_journal WHERE outcome = 'retried'";
    for error in database.texts(errors).await {
        assert!(error.contains(&format!("in the way was pid {pid} (`report`, ")), "{error}");
    }
    let mut outcomes = database.texts(OUTCOMES).await;
    outcomes.dedup();
    assert_eq!(outcomes, ["retried", "done"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_gives_up_and_names_who_is_in_its_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let (url, _holder, pid) = held().await;
    let reader = Reader::start(&url).await;
    let manners = ["--lock-timeout", "300ms", "--retries", "2"];
    let arguments = [&["migrate", "auth", "-u", &url][..], &manners].concat();
    let runner = start(folder.path(), &arguments);
    let outcome = spawn_blocking(|| ended(runner)).await.expect("no panic");
    let said = outcome.expect_failure(1);
    let gave_up = format!(
        "`m20250926_162815_add_rbac_tables_and_fields` gave up and was rolled back; in its way was \
         pid {pid} (`report`, "
    );
    assert!(said.contains(&gave_up), "{said}");
    let database = TestDatabase::at(&url).await;
    assert_eq!(database.texts(OUTCOMES).await, ["retried", "retried", "failed"]);
    reader.waited_little().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_another_waits_for_while_it_waits_for_that_one_is_tried_again() {
    let (fixture, name, database) = Fixture::prepared("knot", server(), 2).await;
    let other = TestDatabase::at(&server().url(&name)).await;
    // The other one never looks whether they wait for each other.
    other.execute("SET deadlock_timeout = '1min'; BEGIN; LOCK TABLE aside.things").await;
    let runner = fixture.start(&server().url(&name));
    until_asleep(&database, "0s").await;
    nap(&database, 0).await;
    other.execute("LOCK TABLE notes").await;
    other.execute("COMMIT").await;
    let outcome = spawn_blocking(|| ended(runner)).await.expect("no panic");
    outcome.expect_success();
    assert!(outcome.stderr.contains("knot again: "), "{outcome:#?}");
    assert!(outcome.stderr.contains("deadlock detected"), "{outcome:#?}");
    assert_eq!(story(&database).await, ["knot retried", "knot done"]);
}
