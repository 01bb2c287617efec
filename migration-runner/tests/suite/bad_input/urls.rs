//! A URL that is missing, is none, or leads nowhere; and no word of it where it does not belong.

use std::fs;

use crate::runner::{run, run_with};

const URL: &str = "postgres://ana:hunter2@127.0.0.1:1/ecs";

#[test]
fn a_url_may_stand_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secret");
    fs::write(&file, "postgres://ana:hunter2@127.0.0.1:1/ecs\n").expect("a file");
    let variable = ("ECS_DATABASE_URL_FILE", file.to_str().expect("text"));
    let outcome = run_with(folder.path(), &["status", "ecs"], &[variable]);
    outcome.expect_words(1, &["no server answers at 127.0.0.1:1"]);
    assert!(
        outcome.stdout.contains("ecs → ecs at 127.0.0.1:1 (ECS_DATABASE_URL_FILE)"),
        "{outcome:#?}"
    );
    let both = run_with(folder.path(), &["status", "ecs"], &[variable, ("ECS_DATABASE_URL", "x")]);
    both.expect_words(2, &["both `ECS_DATABASE_URL` and `ECS_DATABASE_URL_FILE` are set"]);
}

#[test]
fn what_is_no_url_is_named_by_its_variable() {
    let folder = tempfile::tempdir().expect("a folder");
    for (url, said) in [
        ("hunter2", "it does not begin with postgres:// or postgresql://"),
        ("mysql://ana:hunter2@127.0.0.1:1/ecs", "it does not begin with postgres://"),
        ("postgres://ana:hunter2@127.0.0.1:port/ecs", "it cannot be parsed"),
        ("postgres://ana:1/hunter2@127.0.0.1:1/ecs", "must be percent-encoded"),
        ("postgres://ana:1#hunter2@127.0.0.1:1/ecs", "must be percent-encoded"),
        ("postgres://ana:1?hunter2@127.0.0.1:1/ecs", "must be percent-encoded"),
        ("postgres://ana:hunter2@127.0.0.1:1", "it names no database"),
        ("postgres://ana@127.0.0.1:1/ecs?pasword=hunter2", "a parameter that is none of sslmode"),
    ] {
        let in_variable =
            run_with(folder.path(), &["migrate", "ecs"], &[("ECS_DATABASE_URL", url)]);
        in_variable.expect_words(2, &["the URL of ecs in ECS_DATABASE_URL is not usable", said]);
        let in_option = run(folder.path(), &["migrate", "ecs", "-u", url]);
        in_option.expect_words(2, &["the URL of ecs in --database-url is not usable", said]);
    }
}

#[test]
fn a_url_among_the_words_is_not_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    let assigned = format!("--url={URL}");
    for arguments in [
        &["migrate", "ecs", URL][..],
        &["migrate", URL],
        &["migrate", "ecs", "ter2@127.0.0.1:1/ecs"],
        &[URL],
        &["migrate", "ecs", &assigned],
        &["migrate", "ecs", "--num", URL],
        &["create", URL, "-m", "Add notes"],
        &["serve", URL],
    ] {
        let outcome = run(folder.path(), arguments);
        outcome.expect_words(2, &[]);
        assert!(!outcome.said().contains("ter2"), "{outcome:#?}");
        // Of an option that it does not know it names the option alone.
        assert!(outcome.stderr.contains("`--database-url`") || arguments.contains(&&*assigned));
    }
    let named = run_with(folder.path(), &["up"], &[("MIGRATION_DATABASE", URL)]);
    named.expect_words(2, &["a URL is no database"]);
}

#[test]
fn one_url_of_four_that_is_missing_stops_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = [
        ("AUTH_DATABASE_URL", URL),
        ("DATABASE_URL", URL),
        ("ECS_DATABASE_URL", URL),
        ("MCP_DATABASE_URL", URL),
    ];
    for missing in 0..all.len() {
        let mut rest = all.to_vec();
        let (variable, _) = rest.remove(missing);
        let said = format!("`{variable}` is not set, but `{}` is", rest[0].0);
        for command in ["migrate", "status", "setup"] {
            let outcome = run_with(folder.path(), &[command, "all"], &rest);
            outcome.expect_words(2, &[&said, "give `--embedded`"]);
        }
    }
    assert!(!folder.path().join(".reynard").exists(), "wrong usage writes nothing");
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    for (url, place) in [
        (URL, "127.0.0.1:1"),
        ("postgres://ana:hunter2@nowhere.invalid/ecs", "nowhere.invalid:5432"),
    ] {
        for command in ["migrate", "status", "history", "setup"] {
            let outcome = run(folder.path(), &[command, "ecs", "-u", url]);
            outcome.expect_words(1, &["ecs: no server answers at", place]);
        }
    }
}
