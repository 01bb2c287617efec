//! `doctor` on the embedded PostgreSQL, and the rows that `setup` puts back.

use expect_test::expect_file;
use schema_engine::embedded::{Embedded, Storage};

use crate::{
    meddle::execute,
    runner::{Outcome, run},
};

/// The lines of one check, without what stands before its level.
fn lines(outcome: &Outcome, check: &str) -> Vec<String> {
    let of_check = |line: &str| {
        let (level, rest) = line.split_once("  ")?.1.trim_start().split_once(' ')?;
        let text = rest.trim_start().strip_prefix(check)?;
        Some(format!("{level}: {}", text.trim_start()))
    };
    outcome.stdout.lines().filter_map(of_check).collect()
}

#[test]
fn what_is_well_is_said_check_by_check() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "all"]).expect_success();
    let doctor = run(folder.path(), &["doctor"]);
    expect_file!["../snapshots/doctor.txt"].assert_eq(doctor.expect_success());
}

#[test]
fn what_is_pending_is_a_warning_and_no_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = run(folder.path(), &["doctor", "main"]);
    outcome.expect_success();
    assert_eq!(lines(&outcome, "version tables"), ["fine: none: nothing has run"]);
    assert_eq!(lines(&outcome, "seed rows"), ["fine: none expected"]);
    assert_eq!(
        lines(&outcome, "extensions")[0],
        "warning: `vector` is not installed; `setup main` creates it"
    );
    assert!(lines(&outcome, "migrations")[0].ends_with("`migrate main` applies them"));
}

#[test]
fn rows_that_are_missing_are_named_and_put_back_once() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "all"]).expect_success();
    for (name, sql, missing) in [
        (
            "auth",
            "DELETE FROM role_permissions WHERE role_id = '00000000-0000-0000-0000-000000000005'",
            "`role_permissions` lacks 5 of its rows: guest ecs_world:read:own, guest \
             email:read:own, guest note:read:own, guest rag_document:read:own and 1 more",
        ),
        (
            "main",
            "DELETE FROM search_analytics",
            "`search_analytics` lacks one of its rows: a first row",
        ),
        (
            "ecs",
            "DELETE FROM naming_spirits WHERE name IN ('fox', 'owl');
             UPDATE naming_spirits SET emoji = '!' WHERE name = 'wolf'",
            "`naming_spirits` lacks 2 of its rows: fox, owl",
        ),
        (
            "mcp",
            "DELETE FROM tool_categories WHERE name = 'GIT'",
            "`tool_categories` lacks one of its rows: GIT",
        ),
    ] {
        execute(folder.path(), name, sql);
        let doctor = run(folder.path(), &["doctor", name]);
        doctor.expect_failure(1);
        let said = lines(&doctor, "seed rows");
        let mend = format!("`setup {name} --seed-rows` puts back what is missing");
        assert_eq!(said, [format!("problem: {missing}; {mend}")]);

        let unasked = run(folder.path(), &["setup", name]);
        assert!(!unasked.expect_success().contains("put back"), "{unasked:#?}");
        let setup = run(folder.path(), &["setup", name, "--seed-rows"]);
        assert!(setup.expect_success().contains("put back in `"), "{setup:#?}");
        run(folder.path(), &["doctor", name]).expect_success();
        let again = run(folder.path(), &["setup", name, "--seed-rows"]);
        assert!(!again.expect_success().contains("put back"), "{again:#?}");
    }
    // What was changed stays.
    execute(
        folder.path(),
        "ecs",
        "DO $$ BEGIN ASSERT (SELECT emoji = '!' FROM naming_spirits WHERE name = 'wolf'); END $$",
    );
}

#[test]
fn only_rows_of_applied_migrations_count() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "ecs", "--to", "add_initial_data"]).expect_success();
    let doctor = run(folder.path(), &["doctor", "ecs"]);
    doctor.expect_success();
    let complete = "fine: complete in naming_components, naming_config";
    assert_eq!(lines(&doctor, "seed rows"), [complete]);
    let setup = run(folder.path(), &["setup", "ecs", "--seed-rows"]);
    assert!(!setup.expect_success().contains("put back"), "{setup:#?}");
}

#[test]
fn a_twin_is_held_against_its_production_database() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "ecs", "ecs_e2e"]).expect_success();
    run(folder.path(), &["rollback", "ecs_e2e"]).expect_success();
    let behind = "warning: ecs_e2e lacks what ecs has: \
                  m20250921_171200_fix_success_advisor_8_spirit_to_lion; `migrate ecs_e2e` applies \
                  what it lacks";
    for databases in [&["ecs"][..], &["ecs_e2e"], &["ecs", "ecs_e2e"]] {
        let doctor = run(folder.path(), &[&["doctor"][..], databases].concat());
        doctor.expect_success();
        assert_eq!(lines(&doctor, "e2e twin"), vec![behind; databases.len()], "{doctor:#?}");
    }
}

#[test]
fn json_has_every_check_with_its_level_and_its_fix() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "mcp"]).expect_success();
    execute(folder.path(), "mcp", "DELETE FROM tool_configuration");
    let doctor = run(folder.path(), &["doctor", "mcp", "--output", "json"]);
    assert_eq!(doctor.status, 1, "{doctor:#?}");
    let document: serde_json::Value = serde_json::from_str(&doctor.stdout).expect("JSON");
    let mcp = &document["databases"][0];
    assert_eq!(document["command"], "doctor");
    assert_eq!(mcp["database"], "mcp");
    assert_eq!(mcp["error"], serde_json::Value::Null);
    let checks = mcp["checks"].as_array().expect("checks");
    let seeds = checks.iter().find(|check| check["check"] == "seed rows").expect("a check");
    assert_eq!(seeds["level"], "problem");
    assert_eq!(seeds["text"], "`tool_configuration` lacks one of its rows: the configuration");
    assert_eq!(seeds["fix"], "`setup mcp --seed-rows` puts back what is missing");
    let fine = checks.iter().find(|check| check["check"] == "version tables").expect("a check");
    assert_eq!((&fine["level"], &fine["fix"]), (&"fine".into(), &serde_json::Value::Null));
}

#[test]
fn a_folder_that_another_process_holds_is_said_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(".reynard/reynard_ecs");
    let _server = Embedded::start(Storage::Folder(&path), "reynard_ecs", 0).expect("a server");
    let doctor = run(folder.path(), &["doctor", "ecs"]);
    assert_eq!(doctor.status, 4, "{doctor:#?}");
    assert!(lines(&doctor, "connection")[0].starts_with("problem: process "), "{doctor:#?}");
}
