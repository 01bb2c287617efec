//! What migrations are known by: the files of the checkout, and a journal that remembers.

use std::{fs, path::Path};

use crate::{
    meddle::execute,
    runner::{Outcome, command, run},
};

/// `checksums` on the files under `root`.
pub(crate) fn checksums(root: &Path, arguments: &[&str]) -> Outcome {
    let mut command = command(root, &[&["checksums"], arguments].concat());
    command.env("REYNARD_WORKSPACE", root).output().expect("the binary runs").into()
}

pub(crate) fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace")
}

#[test]
fn every_checksum_is_that_of_its_migration() {
    let outcome = checksums(workspace(), &["--check"]);
    let said = "every checksum is that of its migration\n";
    assert_eq!(outcome.expect_success(), said, "`cargo xtask checksums` renews them");
}

#[test]
fn what_is_stale_is_named_and_can_be_renewed() {
    let checkout = tempfile::tempdir().expect("a folder");
    let file = checkout.path().join("ecs-schema/checksums.txt");
    fs::create_dir(file.parent().expect("a folder")).expect("a folder");
    let before = fs::read_to_string(workspace().join("ecs-schema/checksums.txt")).expect("a list");
    let mut lines: Vec<&str> = before.lines().collect();
    lines.remove(5);
    lines[0] = "m20250920_210854_add_naming_configuration_tables 00";
    lines.push("m20990101_000000_gone 00");
    let stale = lines.join("\n");
    fs::write(&file, &stale).expect("a file");

    let check = checksums(checkout.path(), &["ecs", "--check"]);
    assert_eq!(check.status, 3, "{check:#?}");
    for said in [
        "edited: m20250920_210854_add_naming_configuration_tables; if it has run",
        "no checksum: m20250921_171200_fix_success_advisor_8_spirit_to_lion\n",
        "no such migration: m20990101_000000_gone\n",
        "`cargo xtask checksums` writes them\n",
    ] {
        assert!(check.stdout.contains(said), "{said} in {check:#?}");
    }
    assert_eq!(fs::read_to_string(&file).expect("a list"), stale, "a check writes nothing");

    checksums(checkout.path(), &["ecs"]).expect_success();
    assert_eq!(fs::read_to_string(&file).expect("a list"), before);
}

#[test]
fn a_migration_that_was_edited_after_it_ran_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "ecs"]).expect_success();
    let clean = run(folder.path(), &["status", "ecs", "--exit-code"]);
    assert!(!clean.expect_success().contains("edited"), "{clean:#?}");
    execute(
        folder.path(),
        "ecs",
        "UPDATE migration_journal SET checksum = '00' WHERE migration ~ 'add_initial_data';
         UPDATE migration_journal SET checksum = NULL WHERE migration ~ 'populate_base_names'",
    );

    let name = "m20250920_220202_add_initial_data";
    let status = run(folder.path(), &["status", "ecs", "--exit-code"]);
    assert_eq!(status.status, 3, "{status:#?}");
    assert!(status.stdout.contains(&format!("ecs  edited after it ran: {name}\n")), "{status:#?}");
    let history = run(folder.path(), &["history", "ecs"]);
    let edited: Vec<&str> = history
        .expect_success()
        .lines()
        .filter(|line| line.ends_with(", edited after it ran"))
        .collect();
    assert!(matches!(edited[..], [line] if line.contains(name)), "{history:#?}");
    let migrated = run(folder.path(), &["migrate", "ecs"]);
    let said = format!("ecs  edited after they ran: {name}\n");
    assert!(migrated.expect_success().contains(&said), "{migrated:#?}");
}
