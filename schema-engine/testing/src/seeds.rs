//! Rows that migrations brought: which are missing, and puts them back.

use schema_engine::seeds;
use sea_orm::ConnectionTrait;
use sql_migration::SeedRows;

use crate::TestDatabase;

/// What is missing, as `table: row`.
///
/// # Panics
///
/// Where the server refuses a query.
pub async fn missing(database: &TestDatabase, seeds: &[SeedRows]) -> Vec<String> {
    let mut missing = Vec::new();
    for seed in seeds {
        let rows = seeds::missing(database.connection(), seed).await.expect("a query");
        missing.extend(rows.iter().map(|row| format!("{}: {row}", seed.table)));
    }
    missing
}

/// Puts back what is missing; gives how many rows that were.
///
/// # Panics
///
/// Where the server refuses one.
pub async fn restore(database: &TestDatabase, seeds: &[SeedRows]) -> u64 {
    let mut count = 0;
    for seed in seeds {
        let done = database.connection().execute_unprepared(&seed.restore).await;
        count += done.expect("rows").rows_affected();
    }
    count
}
