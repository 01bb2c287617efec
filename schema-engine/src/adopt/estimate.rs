//! How many rows the tables have that mending writes anew or reads.
//!
//! Asks the server what it guesses.

use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::Difference;

/// Writes into each difference how many rows its table has.
///
/// # Errors
///
/// The server's.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    differences: &mut [Difference],
) -> Result<(), DbErr> {
    // -1 stands for a table that nobody has counted.
    let sql =
        "SELECT nullif(reltuples, -1)::bigint AS rows FROM pg_class WHERE oid = to_regclass($1)";
    for difference in differences {
        let Some(table) = &difference.table else { continue };
        let values = [table.to_string().into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        if let Some(row) = db.query_one_raw(statement).await? {
            difference.rows = row.try_get("", "rows")?;
        }
    }
    Ok(())
}
