//! The catalog of a database as sorted lines, one an object, for comparing two of them.

use crate::TestDatabase;

/// Every object of the database but those of extensions and of the tool itself, one a line:
/// columns with type, nullability and default, constraints, indexes, types, sequences, functions,
/// views, triggers, extensions and comments.
pub async fn lines(database: &TestDatabase) -> Vec<String> {
    database.texts(include_str!("catalog.sql")).await
}

/// The lines that only one of two catalogs has, marked `-` (only the first) and `+` (only the
/// second).
pub fn difference(first: &[String], second: &[String]) -> Vec<String> {
    let missing =
        first.iter().filter(|line| !second.contains(line)).map(|line| format!("- {line}"));
    let added = second.iter().filter(|line| !first.contains(line)).map(|line| format!("+ {line}"));
    missing.chain(added).collect()
}
