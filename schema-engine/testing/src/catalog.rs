//! The catalog of a test's database, for comparing two of them.

use schema_engine::catalog::{Catalog, Options, inspect, listing};

pub use listing::difference;

use crate::TestDatabase;

/// The catalog of the database, without the tables of the tool itself.
///
/// # Panics
///
/// Where it cannot be read.
pub async fn of(database: &TestDatabase) -> Catalog {
    inspect(database.connection(), &Options::default()).await.expect("a catalog")
}

/// The catalog as lines, one an object or part of one.
///
/// # Panics
///
/// Where it cannot be read.
pub async fn lines(database: &TestDatabase) -> Vec<String> {
    listing::lines(&of(database).await)
}
