//! What is wrong around a run is named, with the way out, and nothing is lost or half done.

mod folders;
pub(crate) mod nonsense;
mod urls;

use std::{fs, process::Stdio};

use crate::runner::{command, run, run_with_dotenv};

#[test]
fn an_ambiguous_or_unknown_target_lists_what_it_could_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let ambiguous = run(folder.path(), &["migrate", "ecs", "--to", "m20250921"]);
    let candidates = ["m20250921_093355_populate_base_names", "m20250921_171200_fix_success"];
    ambiguous.expect_words(2, &candidates);
    let unknown = run(folder.path(), &["rollback", "ecs", "--to", "base_names"]);
    unknown.expect_words(2, &["no migration of `ecs` is called `base_names`", "`history ecs`"]);
}

#[test]
fn a_dotenv_file_that_cannot_be_parsed_is_named_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("broken.env");
    fs::write(&file, "A=1\nECS_DATABASE_URL='postgres://u:hunter2@h/d\n").expect("a file");
    let name = file.to_str().expect("text");
    let outcome = run_with_dotenv(folder.path(), &["status", "ecs", "--env-file", name]);
    outcome.expect_words(2, &["broken.env: line 2"]);
    let missing = run_with_dotenv(folder.path(), &["status", "ecs", "--env-file", "no.env"]);
    missing.expect_words(2, &["cannot read no.env, which `--env-file` names"]);
}

#[test]
fn a_reader_that_goes_away_stops_no_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = command(folder.path(), &["migrate", "mcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    run(folder.path(), &["status", "mcp", "--exit-code"]).expect_success();
}
