//! What a shadow holds at one moment, as lines. Reads.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};

use crate::catalog::{self, Catalog, InspectError, Options, listing};

/// All objects of the catalog and the number of rows of each table.
#[derive(Debug, Clone)]
pub(super) struct Moment(BTreeSet<String>);

impl Moment {
    pub(super) async fn of(db: &DatabaseConnection) -> Result<Self, InspectError> {
        let catalog = catalog::inspect(db, &Options::default()).await?;
        let mut lines: BTreeSet<String> = listing::lines(&catalog).into_iter().collect();
        let counts = counts(db, &catalog).await;
        lines.extend(counts.map_err(|source| InspectError::Query { part: "rows", source })?);
        Ok(Self(lines))
    }

    /// What this one has and `other` has not.
    pub(super) fn beyond(&self, other: &Self) -> Vec<String> {
        self.0.difference(&other.0).cloned().collect()
    }
}

async fn counts(db: &DatabaseConnection, catalog: &Catalog) -> Result<Vec<String>, DbErr> {
    let count = |table| format!("(SELECT count(*) FROM {table})");
    let counts: Vec<String> = catalog.tables.keys().map(count).collect();
    let sql = format!("SELECT ARRAY[{}]::bigint[]", counts.join(", "));
    let query = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(query).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("no row".to_owned()))?;
    let counts: Vec<i64> = row.try_get_by_index(0)?;
    let line = |(table, count)| format!("table {table} with {count} rows");
    Ok(std::iter::zip(catalog.tables.keys(), counts).map(line).collect())
}
