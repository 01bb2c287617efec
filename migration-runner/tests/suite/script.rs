//! `--sql`: a script on stdout, and nothing done.

use expect_test::expect_file;

use crate::runner::{run, run_with};

#[test]
fn a_script_is_what_it_was_agreed_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let migrate = run(folder.path(), &["migrate", "ecs", "--sql", "--from", "populate_base_names"]);
    expect_file!["../snapshots/migrate-sql.txt"].assert_eq(migrate.expect_success());
    let rollback =
        run(folder.path(), &["rollback", "ecs_e2e", "--sql", "--from", "populate_base_names"]);
    expect_file!["../snapshots/rollback-sql.txt"].assert_eq(rollback.expect_success());
    let nothing = run(folder.path(), &["rollback", "ecs", "--sql", "--from", "base"]);
    assert_eq!(nothing.expect_success(), "-- rollback of ecs: nothing to do, at base\n");
    assert!(!folder.path().join(".reynard").exists(), "a script without a database writes nothing");
}

#[test]
fn a_script_goes_on_from_where_the_database_is() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "ecs", "-n", "4"]).expect_success();
    for command in ["migrate", "rollback"] {
        let asked = run(folder.path(), &[command, "ecs", "--sql"]);
        let told =
            run(folder.path(), &[command, "ecs", "--sql", "--from", "add_complete_race_data"]);
        assert_eq!(asked.expect_success(), told.expect_success());
        assert!(asked.stderr.starts_with("ecs → embedded PostgreSQL at .reynard/"), "{asked:#?}");
    }
    let status = run(folder.path(), &["status", "ecs"]);
    assert!(status.expect_success().contains("(2 pending)"), "{status:#?}");
}

#[test]
fn what_a_script_cannot_know_is_marked_and_no_address_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data/multi_account");
    std::fs::create_dir_all(&data).expect("a folder");
    let account = r#"{"a1": {"email_address": "vixen@den.example"}}"#;
    std::fs::write(data.join("accounts.json"), account).expect("a file");
    std::fs::write(data.join("permissions.json"), r#"{"a1": {}}"#).expect("a file");
    let folder_variable = ("REYNARD_EMAIL_DATA_DIR", data.to_str().expect("text"));
    let arguments = ["migrate", "main", "--sql", "--from", "20250926_170405"];
    let outcome = run_with(folder.path(), &arguments, &[folder_variable]);
    let script = outcome.expect_success();
    for said in
        ["-- Depends on files: it reads the e-mail accounts in", "-- Depends on what it reads"]
    {
        assert!(script.contains(said), "{script}");
    }
    assert!(!format!("{script}{}", outcome.stderr).contains("vixen"), "{outcome:#?}");
}

#[test]
fn what_makes_no_script_is_wrong_usage() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, said) in [
        (&["migrate", "--sql"][..], "`migrate` needs a database"),
        (&["migrate", "all", "--sql"], "`--sql` takes one database, and this run has auth, main"),
        (&["migrate", "ecs", "--sql", "--dry-run"], "cannot be used with"),
        (&["migrate", "ecs", "--sql", "--output", "json"], "cannot be used with"),
        (&["migrate", "ecs", "--from", "base"], "--sql"),
        (&["migrate", "ecs", "--sql", "--from", "nowhere"], "no migration of `ecs` is called"),
        (
            &["migrate", "ecs", "--sql", "--from", "fc949a6025ca", "--to", "add_initial_data"],
            "applied already",
        ),
    ] {
        let outcome = run(folder.path(), arguments);
        assert!(outcome.expect_failure(2).contains(said), "{arguments:?}: {outcome:#?}");
        assert_eq!(outcome.stdout, "", "{arguments:?}");
    }
}
