//! One database on which cases follow each other and leave nothing behind.

use std::fmt::Write as _;

use schema_engine::{
    catalog::{Catalog, Options, inspect},
    diff::{Change, diff},
    render::sql::statements,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// The catalog that a transaction sees.
pub(crate) async fn catalog(transaction: &DatabaseTransaction) -> Catalog {
    inspect(transaction, &Options::default()).await.expect("a catalog")
}

/// Runs the SQL of `changes`, or says which statement failed and why.
pub(crate) async fn apply(
    transaction: &DatabaseTransaction,
    changes: &[Change],
) -> Result<(), String> {
    for change in changes {
        for statement in statements(change) {
            transaction
                .execute_unprepared(&statement)
                .await
                .map_err(|error| format!("{error}\nin: {statement}\nof:\n{}", tell(changes)))?;
        }
    }
    Ok(())
}

/// Brings a database from what it is to `goal` by a known way, makes sure that nothing is left to
/// do, and gives what it is then.
pub(crate) async fn close(
    transaction: &DatabaseTransaction,
    from: &Catalog,
    goal: &Catalog,
    way: impl Fn(&Catalog, &Catalog) -> Vec<Change>,
) -> Result<(Vec<Change>, Catalog), String> {
    let changes = way(from, goal);
    apply(transaction, &changes).await?;
    let reached = catalog(transaction).await;
    let left = diff(&reached, goal);
    if left.is_empty() {
        return Ok((changes, reached));
    }
    Err(format!("left:\n{}after:\n{}", tell(&left), tell(&changes)))
}

/// What changes say of themselves, and their SQL.
pub(crate) fn tell(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let destructive = if change.is_destructive() { " [destructive]" } else { "" };
        let rewrite = if change.is_rewrite() { " [rewrite]" } else { "" };
        let _ = writeln!(text, "-- {}{destructive}{rewrite}", change.describe());
        for statement in statements(change) {
            let _ = writeln!(text, "{statement};");
        }
    }
    text
}
