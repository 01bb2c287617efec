//! A script does to a database what the tool does to it.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use schema_engine::{
    apply::Patience,
    database,
    plan::{self, Goal},
    schema::{Kind, Migration, Schema},
    script::{self, Wanted},
    shadow::Place,
};
use schema_testing::{
    TestDatabase, catalog,
    server::{PASSWORD, binaries, server},
};
use sql_migration::SqlMigration;

use crate::runner::{Outcome, run};

/// Runs a script as an administrator would.
fn psql(database: &str, script: &str) -> Outcome {
    let program = binaries().expect("PostgreSQL's programs").join("psql");
    let mut psql = Command::new(program)
        .args(["--no-psqlrc", "--quiet", "--dbname", database, "--host", "127.0.0.1"])
        .args(["--username", "postgres", "--port", &server().port().to_string()])
        .env("PGPASSWORD", PASSWORD)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("psql runs");
    let mut stdin = psql.stdin.take().expect("a pipe");
    let script = script.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = psql.wait_with_output().expect("an end");
    // A psql that stops at an error reads no more.
    let _ = writer.join().expect("no panic");
    output.into()
}

/// Two databases that began alike: one that the tool works on, one that scripts work on.
struct Pair {
    name: &'static str,
    tool: String,
    scripted: String,
}

impl Pair {
    async fn new(name: &'static str) -> Self {
        let tool = server().create_database(&format!("tool_{name}")).await;
        let scripted = server().create_database(&format!("scripted_{name}")).await;
        Self { name, tool, scripted }
    }

    /// Takes steps on both and gives what then differs.
    async fn step(&self, folder: &Path, command: &str, arguments: &[&str]) -> Vec<String> {
        let (tool, scripted) = (server().url(&self.tool), server().url(&self.scripted));
        let shadow = server().url("postgres");
        let sql = [
            &[command, self.name, "--sql", "-u", &scripted, "--shadow-url", &shadow][..],
            arguments,
        ];
        let script = run(folder, &sql.concat());
        psql(&self.scripted, script.expect_success()).expect_success();
        let confirmed = ["--yes-destroy", self.tool.as_str()];
        let confirmed = if command == "rollback" { &confirmed[..] } else { &[] };
        run(folder, &[&[command, self.name, "-u", &tool], arguments, confirmed].concat())
            .expect_success();
        self.differences().await
    }

    async fn differences(&self) -> Vec<String> {
        let tool = TestDatabase::at(&server().url(&self.tool)).await;
        let scripted = TestDatabase::at(&server().url(&self.scripted)).await;
        catalog::difference(&everything(&tool).await, &everything(&scripted).await)
    }
}

/// The catalog, the history, the journal and how many rows each table has.
async fn everything(database: &TestDatabase) -> Vec<String> {
    let mut lines = catalog::lines(database).await;
    for sql in [
        "SELECT 'applied ' || version FROM seaql_migrations",
        "SELECT 'run ' || row_number() OVER (ORDER BY id) || (to_jsonb(j) - 'id' - 'started_at'
                - 'finished_at' - 'duration' - 'actor' - 'host' - 'tool_version')::text
           FROM migration_journal AS j",
        "SELECT 'complete ' || id FROM migration_journal
          WHERE started_at <= finished_at AND duration = finished_at - started_at",
        "SELECT 'comment ' || coalesce(obj_description('migration_journal'::regclass), '')",
        "SELECT 'rows ' || relname || ' ' || (xpath('//count/text()', query_to_xml(
                    format('SELECT count(*) FROM %s', oid::regclass), false, true, '')))[1]::text
           FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    ] {
        lines.extend(database.texts(sql).await);
    }
    lines
}

/// Walks both databases of a pair to head and back, by single steps and at once.
async fn walk(name: &'static str, length: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let stepwise = Pair::new(name).await;
    let at_once = Pair::new(name).await;
    for command in ["migrate", "rollback"] {
        for step in 1..=length {
            let differences = stepwise.step(folder.path(), command, &["-n", "1"]).await;
            assert_eq!(differences, [""; 0], "{command} of {name}, step {step}");
        }
        let all = ["-n", "99"];
        let differences = at_once.step(folder.path(), command, &all).await;
        assert_eq!(differences, [""; 0], "{command} of {name}");
    }
}

#[tokio::test]
async fn a_script_of_auth_does_what_the_tool_does() {
    walk("auth", 4).await;
}

#[tokio::test]
async fn a_script_of_main_does_what_the_tool_does() {
    walk("main", 10).await;
}

#[tokio::test]
async fn a_script_of_ecs_does_what_the_tool_does() {
    walk("ecs", 6).await;
}

#[tokio::test]
async fn a_script_of_mcp_does_what_the_tool_does() {
    walk("mcp", 1).await;
}

/// The line that makes psql stop at an error.
const STOP: &str = "\\set ON_ERROR_STOP on\n";

#[tokio::test]
async fn a_script_runs_on_the_database_that_it_was_made_for_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = run(folder.path(), &["migrate", "ecs", "--sql", "--from", "base", "-n", "2"]);
    let script = made.expect_success();
    assert!(script.contains(STOP), "{script}");
    for (sql, said) in [
        (
            "CREATE TABLE seaql_migrations (version varchar PRIMARY KEY, applied_at bigint);
             INSERT INTO seaql_migrations VALUES ('m20250920_210854_add_naming', 1)",
            "this script goes on from base, and the database is at m20250920_210854_add_naming",
        ),
        (
            "CREATE TABLE migration_journal (id int);
             COMMENT ON TABLE migration_journal IS 'Journal of the migrations of the schema mcp'",
            "the database holds another schema: Journal of the migrations of the schema mcp",
        ),
        (
            "CREATE TABLE alembic_version (version_num varchar);
             INSERT INTO alembic_version VALUES ('183c8980160f')",
            "the database was not made by this tool: it has {\"alembic 183c8980160f\"}",
        ),
        ("CREATE TABLE agents (id int)", "the database was not made by this tool: it has {agents}"),
    ] {
        let name = server().create_database("guarded").await;
        let database = TestDatabase::at(&server().url(&name)).await;
        database.execute(sql).await;
        let before = catalog::lines(&database).await;
        let stopped = psql(&name, script);
        assert!(stopped.expect_failure(3).contains(said), "{stopped:#?}");
        // Whoever runs it goes on after every error.
        let through = psql(&name, &script.replace(STOP, ""));
        assert!(through.stderr.contains(said), "{through:#?}");
        let after = catalog::lines(&database).await;
        assert_eq!(catalog::difference(&before, &after), [""; 0], "{sql}");
    }
}

#[tokio::test]
async fn a_script_waits_for_nobody_and_gives_its_lock_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("locked").await;
    let made = run(folder.path(), &["migrate", "mcp", "--sql", "--from", "base"]);
    let script = made.expect_success();
    let other = TestDatabase::at(&server().url(&name)).await;
    let lock = "SELECT pg_advisory_lock(1381584452, 1)::text";
    other.texts(lock).await;
    let refused = psql(&name, script);
    assert!(
        refused.expect_failure(3).contains("another runner works on this database"),
        "{refused:#?}"
    );
    other.texts("SELECT pg_advisory_unlock(1381584452, 1)::text").await;
    let held = format!(
        "{script}\nSELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND
        pid = pg_backend_pid()"
    );
    let done = psql(&name, &held);
    assert!(done.expect_success().contains(" 0\n"), "{done:#?}");
}

const INDEXED: SqlMigration = SqlMigration {
    name: "m20260101_000000_index_notes",
    up: "-- transaction: none\n-- statement-timeout: 1min\n
         CREATE TABLE notes (id int, body text DEFAULT '$1; :body');
         CREATE INDEX CONCURRENTLY notes_id ON notes (id);
         INSERT INTO notes (id) VALUES (1);",
    down: "DROP INDEX CONCURRENTLY notes_id; DROP TABLE notes;",
};

#[tokio::test]
async fn what_runs_in_no_transaction_is_followed_in_the_journal() {
    let name = server().create_database("concurrently").await;
    let schema = Schema {
        name: "ecs",
        migrations: vec![Migration {
            name: INDEXED.name.to_owned(),
            kind: Kind::Sql,
            alembic_revision: None,
            sql: Some(INDEXED),
            checksum: Some("abc"),
            hazards: Vec::new(),
            reads_files: None,
            body: Box::new(INDEXED),
        }],
        entities: "no_schema::*",
        alembic_aliases: &[],
        tables: &["notes"],
        extensions: &[],
        managed: None,
        seeds: Vec::new(),
        allowed_hazards: &[],
    };
    let place = Place::Server(server().url("postgres").parse().expect("a URL"));
    let database = database::find("ecs").expect("a database");
    let journal = "SELECT concat_ws(' ', direction, kind, checksum, statements_done, outcome)
                     FROM migration_journal ORDER BY id";
    let checked = TestDatabase::at(&server().url(&name)).await;

    let up = plan::up(&schema, &[], &Goal::End, false).expect("a plan");
    let patience = Patience::default();
    let start =
        Wanted { database, schema: &schema, applied: &[], plan: &up, patience, tool_version: "1" };
    let script = script::write(&start, &place).await.expect("a script");
    // It fails at the second statement and leaves what an interrupted run leaves.
    let broken = script.replace("ON notes (id);\n", "ON notes (nothing);\n");
    psql(&name, &broken).expect_failure(3);
    assert_eq!(checked.texts(journal).await, ["up sql abc 1"]);
    assert_eq!(checked.texts("SELECT version FROM seaql_migrations").await, [""; 0]);
    let refused = psql(&name, &script);
    assert!(refused.expect_failure(3).contains("half done: {m20260101_000000_index_notes}"));
    checked.execute("DROP TABLE notes; DELETE FROM migration_journal").await;

    psql(&name, &script).expect_success();
    let applied = [INDEXED.name.to_owned()];
    assert_eq!(checked.texts(journal).await, ["up sql abc 3 done"]);
    assert_eq!(checked.texts("SELECT version FROM seaql_migrations").await, applied);
    assert_eq!(checked.texts("SELECT body FROM notes").await, ["$1; :body"]);

    let down = plan::down(&schema, &applied, &Goal::End).expect("a plan");
    let back = Wanted { applied: &applied, plan: &down, ..start };
    let script = script::write(&back, &place).await.expect("a script");
    psql(&name, &script).expect_success();
    assert_eq!(checked.texts(journal).await, ["up sql abc 3 done", "down sql abc 2 done"]);
    assert_eq!(checked.texts("SELECT version FROM seaql_migrations").await, [""; 0]);
}
