//! `diff`: what somebody changed by hand is named, with the SQL that takes it back and the SQL that
//! keeps it.

use std::path::Path;

use serde_json::Value;

use crate::{
    meddle::execute,
    runner::{length, run},
};

fn diff(folder: &Path, database: &str, status: i32) -> Value {
    let outcome = run(folder, &["diff", database, "--output", "json"]);
    assert_eq!(outcome.status, status, "{outcome:#?}");
    let document: Value = serde_json::from_str(&outcome.stdout).expect("a document");
    document["databases"][0].clone()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}

fn script(value: &Value) -> String {
    texts(value).join(";\n")
}

/// What is done to a database by hand, and what is said of it.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "ecs",
        "DROP INDEX ix_agents_spirit; ALTER TABLE agents ADD nickname text;
         ALTER TABLE agents ALTER style TYPE text, ALTER name DROP NOT NULL;
         CREATE TABLE theirs (id int)",
        &[
            "column public.agents.nickname is not expected",
            "column public.agents.name can be null, and should not",
            "column public.agents.style has the type text, expected character varying(100)",
            "index public.agents.ix_agents_spirit is missing",
        ],
        &["table public.theirs"],
    ),
    ("mcp", "SELECT 1", &[], &[]),
];

#[test]
fn what_was_changed_by_hand_is_named_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    for (database, by_hand, differences, left_alone) in CASES {
        run(folder.path(), &["migrate", database]).expect_success();
        execute(folder.path(), database, by_hand);
        let drift = diff(folder.path(), database, if differences.is_empty() { 0 } else { 3 });
        let found: Vec<&str> = drift["differences"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|difference| difference["description"].as_str().expect("a text"))
            .collect();
        assert_eq!(found, *differences, "{by_hand}");
        assert_eq!(texts(&drift["left_alone"]), *left_alone);
        assert_eq!(texts(&drift["own_tables"]), ["seaql_migrations", "migration_journal"]);

        execute(folder.path(), database, &script(&drift["sql"]));
        let mended = diff(folder.path(), database, 0);
        assert_eq!(mended["sql"], serde_json::json!([]));
        execute(folder.path(), database, &script(&drift["sql_back"]));
        let again = diff(folder.path(), database, if differences.is_empty() { 0 } else { 3 });
        assert_eq!(again["differences"], drift["differences"]);
    }
}

#[test]
fn a_database_is_held_against_what_it_has_applied() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "ecs", "-n", "2"]).expect_success();
    let outcome = run(folder.path(), &["diff", "ecs"]);
    let said = "no drift: it is what its migrations give, at m20250920_215024_initial_ecs_schema";
    assert!(outcome.expect_success().contains(said), "{outcome:#?}");
}

#[test]
fn an_untouched_database_never_differs() {
    let folder = tempfile::tempdir().expect("a folder");
    for database in ["auth", "ecs", "main", "mcp"] {
        for _ in 0..length(database) {
            run(folder.path(), &["migrate", database, "-n", "1"]).expect_success();
            run(folder.path(), &["diff", database]).expect_success();
        }
    }
}

#[test]
fn what_alembic_left_is_adopted_first() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["status", "mcp"]).expect_success();
    execute(
        folder.path(),
        "mcp",
        "CREATE TABLE alembic_version (version_num varchar(32)); DROP TABLE IF EXISTS seaql_migrations",
    );
    run(folder.path(), &["diff", "mcp"]).expect_words(1, &["reynard_mcp", "`adopt mcp`"]);
}
