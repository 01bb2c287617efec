//! The tool on the embedded PostgreSQL, as a newcomer has it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use expect_test::expect_file;
use schema_engine::embedded::{Embedded, Storage};
use schema_testing::TestDatabase;

use crate::{
    masks::without_times,
    runner::{command, length, printed, run},
};

#[test]
fn one_command_brings_every_database_to_head() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = run(folder.path(), &["migrate", "all"]);
    expect_file!["../snapshots/migrate-all.txt"].assert_eq(&without_times(first.expect_success()));
    let second = run(folder.path(), &["migrate", "all"]);
    expect_file!["../snapshots/migrate-all-again.txt"]
        .assert_eq(&without_times(second.expect_success()));
    let status = run(folder.path(), &["status", "--exit-code"]);
    expect_file!["../snapshots/status.txt"].assert_eq(&without_times(status.expect_success()));
}

#[test]
fn what_is_reverted_is_pending_again() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "ecs"]).expect_success();
    let rollback = run(folder.path(), &["rollback", "ecs", "--to", "add_initial_data"]);
    expect_file!["../snapshots/rollback.txt"].assert_eq(&without_times(rollback.expect_success()));
    let status = run(folder.path(), &["status", "ecs", "--exit-code"]);
    assert_eq!(status.status, 3, "{status:#?}");
    expect_file!["../snapshots/status-pending.txt"].assert_eq(&status.stdout);
    let dry = run(folder.path(), &["migrate", "ecs", "--dry-run"]);
    expect_file!["../snapshots/migrate-dry-run.txt"]
        .assert_eq(&without_times(dry.expect_success()));
    let one = run(folder.path(), &["migrate", "ecs", "-n", "1"]);
    assert!(one.expect_success().contains("1 applied, now at m20250920_221051"), "{one:#?}");
    let behind = run(folder.path(), &["migrate", "ecs", "--to", "b16020be0286"]);
    let said = behind.expect_failure(2);
    assert!(said.contains("`m20250920_215024_initial_ecs_schema` is applied already"), "{said}");
    let base = run(folder.path(), &["rollback", "ecs", "--to", "base"]);
    assert!(base.expect_success().contains("4 reverted, now at base"), "{base:#?}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "mcp", "--dry-run"]).expect_success();
    let path = folder.path().join(".reynard/reynard_mcp");
    let server = Embedded::start(Storage::Folder(&path), "reynard_mcp", 0).expect("a server");
    let tables = "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    assert_eq!(
        in_runtime(async { TestDatabase::at(&server.url()).await.texts(tables).await }),
        [""; 0]
    );
}

#[test]
fn fresh_refresh_and_reset_begin_again() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["up", "auth", "main"]).expect_success();
    for command in ["fresh", "refresh"] {
        let outcome = run(folder.path(), &[command, "auth", "main"]);
        let said = outcome.expect_success();
        for schema in ["main", "auth"] {
            let applied = format!("{schema}  {} applied", length(schema));
            assert!(said.contains(&applied), "{command}: {said}");
        }
        assert!(said.contains("2 of 2 databases done"), "{command}: {said}");
        run(folder.path(), &["status", "auth", "main", "--exit-code"]).expect_success();
    }
    let dry = run(folder.path(), &["fresh", "main", "--dry-run"]);
    assert!(dry.expect_success().contains("would run DROP TABLE agents"), "{dry:#?}");
    let reset = run(folder.path(), &["reset", "main"]);
    let reverted = format!("{} reverted, now at base", length("main"));
    assert!(reset.expect_success().contains(&reverted), "{reset:#?}");
    let journal = run(folder.path(), &["history", "main", "--journal"]);
    let runs = journal.expect_success().lines().count() - 1;
    // Up; dropped and up; down and up; down.
    assert_eq!(runs, 5 * length("main"), "the journal of all of them: {journal:#?}");
}

#[test]
fn completions_know_the_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish"] {
        let script = run(folder.path(), &["completions", shell]);
        assert!(script.expect_success().contains("rollback"), "{shell}");
    }
}

#[test]
fn setup_leaves_extensions_unmarked_so_that_they_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = run(folder.path(), &["setup", "main"]);
    assert!(setup.expect_success().contains("created the extension `vector`"), "{setup:#?}");
    let again = run(folder.path(), &["setup", "main"]);
    assert!(!again.expect_success().contains("created"), "{again:#?}");
    run(folder.path(), &["rollback", "main", "--to", "base"]).expect_success();
    let path = folder.path().join(".reynard/reynard");
    let server = Embedded::start(Storage::Folder(&path), "reynard", 0).expect("a server");
    let extensions = "SELECT extname::text FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1";
    let left = in_runtime(async { TestDatabase::at(&server.url()).await.texts(extensions).await });
    assert_eq!(left, ["btree_gin", "pg_trgm", "vector"]);
}

#[test]
fn commands_go_through_a_served_database_one_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), "ecs");
    let migrated = run(folder.path(), &["migrate", "ecs"]);
    let applied = format!("{} applied", length("ecs"));
    assert!(migrated.expect_success().contains(&applied), "{migrated:#?}");
    in_runtime(async {
        let database = TestDatabase::at(&served.url).await;
        assert_eq!(database.text("SELECT count(*)::text FROM naming_spirits").await, "50");
        let second = run(folder.path(), &["status", "ecs"]);
        let said = second.expect_failure(1);
        assert!(said.contains("serves one connection at a time"), "{said}");
    });
    run(folder.path(), &["status", "ecs", "--exit-code"]).expect_success();
    served.stop();
    run(folder.path(), &["status", "ecs", "--exit-code"]).expect_success();
}

/// A `serve` process; killed where the test does not stop it.
struct Served {
    child: Child,
    url: String,
}

impl Served {
    fn start(folder: &Path, database: &str) -> Self {
        let mut child = command(folder, &["serve", database])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut lines = stdout.lines().map(|line| printed(line.expect("text")));
        let url = lines.find(|line| line.starts_with("postgres://")).expect("a URL");
        Self { child, url }
    }

    fn stop(mut self) {
        let pid = self.child.id().to_string();
        Command::new("kill").arg(pid).status().expect("kill");
        assert!(self.child.wait().expect("an end").success(), "SIGTERM ends it in good order");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn in_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}
