//! The cases in `tests/diff`: each brings `old.sql` to `new.sql` and back, and says how.
//!
//! `UPDATE_EXPECT=1` writes anew what is expected.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use schema_engine::{
    catalog::Catalog,
    diff::{diff_with, renames},
};
use schema_testing::TestDatabase;
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};

use super::bench;

#[tokio::test]
async fn every_case_is_brought_there_and_back() {
    let database = TestDatabase::embedded("main").await;
    let mut failures = Vec::new();
    let cases = cases();
    for case in &cases {
        let transaction = database.connection().begin().await.expect("a transaction");
        if let Err(failure) = check(&transaction, case).await {
            failures.push(format!("{}: {failure}", case.display()));
        }
        transaction.rollback().await.expect("a way back");
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
    assert!(cases.len() >= 150, "the cases are there");
}

async fn check(transaction: &DatabaseTransaction, case: &Path) -> Result<(), String> {
    let new = made(transaction, case, "new.sql").await?;
    let old = made(transaction, case, "old.sql").await?;
    run(transaction, case, "old.sql").await?;
    // Nobody is there to say whether the same goes on under another name.
    let is_of_renames = case.parent().is_some_and(|kind| kind.ends_with("renames"));
    let way = |from: &Catalog, to: &Catalog| {
        diff_with(from, to, &if is_of_renames { renames(from, to) } else { Vec::new() })
    };
    let (there, reached) = bench::close(transaction, &old, &new, way).await?;
    if there.is_empty() {
        return Err("nothing to do".to_owned());
    }
    let back = bench::close(transaction, &reached, &old, way).await;
    let (back, _) = back.map_err(|failure| format!("back: {failure}"))?;
    if way(&old, &new) != there {
        return Err("another way each time".to_owned());
    }
    let found = format!("{}\n-- back\n\n{}", bench::tell(&there), bench::tell(&back));
    compare(&case.join("expected.txt"), &found)
}

/// The catalog that a file makes, which is gone afterwards.
pub(crate) async fn made(
    transaction: &DatabaseTransaction,
    case: &Path,
    file: &str,
) -> Result<Catalog, String> {
    let attempt = transaction.begin().await.expect("a savepoint");
    run(&attempt, case, file).await?;
    let catalog = bench::catalog(&attempt).await;
    attempt.rollback().await.expect("a way back");
    Ok(catalog)
}

async fn run(transaction: &DatabaseTransaction, case: &Path, file: &str) -> Result<(), String> {
    let sql = fs::read_to_string(case.join(file)).expect("a case");
    let outcome = transaction.execute_unprepared(&sql).await;
    outcome.map(drop).map_err(|error| format!("{file}: {error}"))
}

/// Holds what was found against a file, or writes it there.
pub(crate) fn compare(file: &Path, found: &str) -> Result<(), String> {
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, found).expect("a place to write");
        return Ok(());
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == found { Ok(()) } else { Err(format!("expected\n{expected}found\n{found}")) }
}

/// The folders of all cases.
pub(crate) fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut cases: Vec<_> = folders(&root).iter().flat_map(|kind| folders(kind)).collect();
    cases.sort();
    cases
}

pub(crate) fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_dir()).collect()
}
