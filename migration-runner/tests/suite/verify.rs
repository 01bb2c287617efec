//! `verify`: the lineages as they are keep what a migration promises, and a journal is believed.

use crate::{meddle::execute, runner::run};

#[test]
fn every_lineage_comes_goes_and_comes_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = run(folder.path(), &["verify", "all"]);
    for (name, count) in [("auth", 4), ("main", 10), ("ecs ", 6)] {
        let said = format!("{name}  {count} migrations up, down and up again: nothing is left");
        assert!(outcome.expect_success().contains(&said), "{outcome:#?}");
    }
}

#[test]
fn what_the_journal_has_otherwise_is_a_flaw() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "mcp"]).expect_success();
    let elsewhere = "UPDATE migration_journal SET checksum = 'another';
                     INSERT INTO seaql_migrations VALUES ('m20990101_000000_later', 0)";
    execute(folder.path(), "mcp", elsewhere);
    let outcome = run(folder.path(), &["verify", "mcp"]);
    assert_eq!(outcome.status, 1, "{outcome:#?}");
    for said in [
        "m20250115_100000_create_tool_config_tables was edited after it ran",
        "m20990101_000000_later is applied, and this build does not know it",
    ] {
        assert!(outcome.stdout.contains(said), "{outcome:#?}");
    }
}
