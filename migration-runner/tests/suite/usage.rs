//! What is said about the command line itself: help, and words that make no sense.

use expect_test::expect_file;

use crate::runner::{command, run, run_with};

fn help(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    // The width of a terminal is what wraps help.
    let output = command(folder.path(), arguments).env("COLUMNS", "80").output();
    String::from_utf8(output.expect("the binary runs").stdout).expect("text")
}

/// Every command but `help`.
const COMMANDS: [&str; 18] = [
    "migrate",
    "rollback",
    "status",
    "history",
    "create",
    "adopt",
    "setup",
    "doctor",
    "check",
    "diff",
    "verify",
    "lint",
    "fresh",
    "refresh",
    "reset",
    "repair",
    "serve",
    "completions",
];

#[test]
fn help_is_what_was_agreed() {
    expect_file!["../snapshots/help.txt"].assert_eq(&help(&["--help"]));
    for command in COMMANDS {
        let snapshot = format!("{}/tests/snapshots/help-{command}.txt", env!("CARGO_MANIFEST_DIR"));
        expect_file![snapshot].assert_eq(&help(&[command, "--help"]));
    }
}

#[test]
fn a_command_line_that_makes_no_sense_is_wrong_usage() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, said) in [
        (&["migrate", "auht"][..], "there is no database `auht`; did you mean `auth`?"),
        (
            &["migrate", "--to", "x"],
            "`--to` takes one database, and this run has auth, main, ecs, mcp",
        ),
        (&["migrate", "ecs", "mcp", "-n", "1"], "`--num` takes one database"),
        (&["rollback"], "`rollback` needs a database: name one, several, or `all`"),
        (&["migrate", "ecs", "--to", "x", "-n", "1"], "cannot be used with"),
        (&["migrate", "-u", "postgres://h/d"], "`--database-url` takes one database"),
        (&["migrate", "ecs", "-u", "db.internal"], "it does not begin with postgres://"),
        (&["migrate", "ecs", "--no-embedded"], "`ECS_DATABASE_URL` is not set"),
        (&["migrate", "ecs", "--embedded", "--no-embedded"], "cannot be used with"),
        (&["serve", "all"], "`serve` takes one database"),
        (&["migrat"], "unrecognized subcommand"),
    ] {
        let outcome = run(folder.path(), arguments);
        assert!(outcome.expect_failure(2).contains(said), "{arguments:?}: {outcome:#?}");
    }
    assert!(!folder.path().join(".reynard").exists(), "wrong usage writes nothing");
}

#[test]
fn a_variable_that_is_missing_or_empty_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = ("ECS_DATABASE_URL", "postgres://ana:hunter2@127.0.0.1:1/ecs");
    let missing = run_with(folder.path(), &["migrate", "all"], &[url]);
    let said = missing.expect_failure(2);
    assert!(said.contains("`AUTH_DATABASE_URL` is not set, but `ECS_DATABASE_URL` is"), "{said}");
    let empty = run_with(folder.path(), &["migrate", "ecs"], &[("ECS_DATABASE_URL", "")]);
    assert!(empty.expect_failure(2).contains("`ECS_DATABASE_URL` is set but empty"));
    let production = run_with(folder.path(), &["status", "ecs"], &[("REYNARD_ENV", "production")]);
    assert!(production.expect_failure(2).contains("REYNARD_ENV is production"));
    let nobody = run_with(folder.path(), &["migrate", "ecs"], &[url]);
    let said = nobody.expect_failure(1);
    assert!(said.contains("no server answers at 127.0.0.1:1"), "{said}");
}
