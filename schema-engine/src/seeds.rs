//! The rows that migrations brought: which are missing, and puts them back.
//!
//! Reads the tables of the schema, and inserts where it is told to.

use sea_orm::{ConnectionTrait, DbErr, Statement, TransactionTrait};
use sql_migration::SeedRows;

use crate::{open::Opened, schema::Schema, state::State};

/// Why rows were not put back; then nothing was.
#[derive(Debug, thiserror::Error)]
#[error("cannot put back the rows of `{table}`; nothing was put back")]
pub struct RestoreError {
    /// The table.
    pub table: &'static str,
    /// What the server said.
    #[source]
    pub source: DbErr,
}

/// Rows of one table that were put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The table.
    pub table: &'static str,
    /// What tells each of the rows from the others.
    pub rows: Vec<String>,
}

/// The rows that a database is to have by the migrations that are applied. Pure.
pub fn expected<'a>(schema: &'a Schema, state: &State) -> Vec<&'a SeedRows> {
    let applied = state.applied();
    schema.seeds.iter().filter(|seed| applied.contains(&seed.migration)).collect()
}

/// Asks which of the rows are missing, all of a table at once.
///
/// # Errors
///
/// The server's.
pub async fn missing(db: &impl ConnectionTrait, seed: &SeedRows) -> Result<Vec<String>, DbErr> {
    let query = Statement::from_string(db.get_database_backend(), seed.missing.as_str());
    let rows = db.query_all_raw(query).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Puts back what is missing and changes nothing else. The caller has made sure that the database
/// may be written.
///
/// # Errors
///
/// [`RestoreError`].
pub async fn restore(opened: &Opened<'_>) -> Result<Vec<Restored>, RestoreError> {
    let mut table = "";
    let restored = restore_in_transaction(opened, &mut table).await;
    restored.map_err(|source| RestoreError { table, source })
}

/// All of them or none; `table` is the one that is worked on.
async fn restore_in_transaction(
    opened: &Opened<'_>,
    table: &mut &'static str,
) -> Result<Vec<Restored>, DbErr> {
    let transaction = opened.session.connection().begin().await?;
    let mut restored = Vec::new();
    for seed in expected(opened.schema, &opened.state) {
        *table = seed.table;
        let before = missing(&transaction, seed).await?;
        if before.is_empty() {
            continue;
        }
        transaction.execute_unprepared(&seed.restore).await?;
        let after = missing(&transaction, seed).await?;
        let rows = before.into_iter().filter(|row| !after.contains(row)).collect();
        restored.push(Restored { table: seed.table, rows });
    }
    transaction.commit().await?;
    Ok(restored)
}
