//! An embedded database whose folder cannot be used is left as it is.

use std::{
    fs,
    process::{Command, Stdio},
};

use schema_engine::embedded::{Embedded, Storage};

use crate::runner::run;

#[test]
fn a_folder_that_another_process_holds_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(".reynard/reynard_ecs");
    let server = Embedded::start(Storage::Folder(&path), "reynard_ecs", 0).expect("a server");
    let holder = format!("process {} holds the embedded database", std::process::id());
    for command in ["migrate", "status", "history", "setup", "rollback", "fresh", "serve"] {
        run(folder.path(), &[command, "ecs"]).expect_words(4, &[&holder]);
    }
    let json = run(folder.path(), &["status", "ecs", "--output", "json"]);
    json.expect_failure(4);
    assert!(json.stdout.contains(&holder), "{json:#?}");
    server.stop().expect("it stops");
    run(folder.path(), &["status", "ecs"]).expect_success();
}

#[test]
fn a_folder_of_another_postgresql_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "mcp"]).expect_success();
    let version = folder.path().join(".reynard/reynard_mcp/postgres/pgdata/PG_VERSION");
    fs::write(&version, "17\n").expect("a file");
    let outcome = run(folder.path(), &["status", "mcp"]);
    outcome.expect_words(1, &["has PostgreSQL 17, expected 18", "move the folder away"]);
    fs::write(&version, "18\n").expect("a file");
    run(folder.path(), &["status", "mcp", "--exit-code"]).expect_success();
}

#[test]
fn a_full_disk_is_said_and_harms_nothing() {
    let mount = tempfile::tempdir().expect("a folder");
    let small = ["-t", "tmpfs", "-o", "size=8m", "tmpfs"];
    let mounted =
        Command::new("mount").args(small).arg(mount.path()).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("left out: this user may not mount a small disk");
        return;
    }
    let outcomes = [run(mount.path(), &["migrate", "mcp"]), run(mount.path(), &["migrate", "mcp"])];
    let unmounted = Command::new("umount").arg(mount.path()).status();
    for outcome in &outcomes {
        outcome.expect_words(1, &["No space left on device", "move the folder away"]);
    }
    assert!(unmounted.expect("umount").success());
}
