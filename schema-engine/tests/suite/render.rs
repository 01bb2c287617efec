//! Differences as Rust: the cases in `tests/render`, and those of `tests/diff` as far as rustfmt goes.
//!
//! `UPDATE_EXPECT=1` writes anew what is expected.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use schema_engine::{diff::diff, render::rust};
use schema_testing::TestDatabase;
use sea_orm::TransactionTrait;

use crate::diff::golden;

/// The migration that brings what `old.sql` makes to what `new.sql` makes.
async fn migration(database: &TestDatabase, case: &Path) -> String {
    let transaction = database.connection().begin().await.expect("a transaction");
    let old = golden::made(&transaction, case, "old.sql").await.expect("a catalog");
    let new = golden::made(&transaction, case, "new.sql").await.expect("a catalog");
    transaction.rollback().await.expect("a way back");
    let sentence = format!("{}.", case.file_name().expect("a name").to_string_lossy());
    rust::migration(&sentence, &diff(&old, &new), &diff(&new, &old))
}

#[tokio::test]
async fn every_case_is_the_migration_that_was_agreed() {
    let database = TestDatabase::embedded("main").await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render");
    let mut failures = Vec::new();
    for case in golden::folders(&root) {
        let text = migration(&database, &case).await;
        failures.extend(golden::compare(&case.join("expected.rs"), &text).err());
        failures.extend(layout(&text));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn every_difference_is_rust() {
    let database = TestDatabase::embedded("main").await;
    let mut failures = Vec::new();
    for case in golden::cases() {
        let text = migration(&database, &case).await;
        let problem = syn::parse_file(&text).err().map(|error| error.to_string());
        let problem = problem.or_else(|| layout(&text));
        failures.extend(problem.map(|problem| format!("{}: {problem}\n{text}", case.display())));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What rustfmt would lay out otherwise.
fn layout(text: &str) -> Option<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--quiet"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt runs");
    rustfmt.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("a reader");
    let output = rustfmt.wait_with_output().expect("an end");
    let laid_out = String::from_utf8_lossy(&output.stdout).into_owned();
    (laid_out != text).then(|| format!("rustfmt lays it out otherwise:\n{laid_out}"))
}
