//! How many rows the tables of a database have, by its own estimate. Reads.

use std::{collections::BTreeMap, fmt};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement, TransactionTrait,
};

use crate::server_error;

/// Rows by the planner's estimate, and whether the table has no page.
const SIZES: &str = "
    SELECT format('%I.%I', n.nspname, c.relname), c.reltuples::bigint, {is_empty}
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/// Whoever has locked a table is not waited for: what is asked is no more than an estimate.
const PATIENCE: &str = "SET LOCAL lock_timeout = '500ms'";

/// How large a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// It is not there, or has no row.
    Empty,
    /// So many rows, more or less.
    About(u64),
    /// It has rows, and nobody has counted them.
    Unknown,
}

/// The sizes of the tables of a database.
#[derive(Debug, Clone, Default)]
pub struct Sizes(BTreeMap<String, Size>);

impl Sizes {
    /// Asks for all of them at once.
    ///
    /// # Errors
    ///
    /// The server's.
    pub async fn read(db: &DatabaseConnection) -> Result<Self, DbErr> {
        let transaction = db.begin().await?;
        transaction.execute_unprepared(PATIENCE).await?;
        let pages = "pg_relation_size(c.oid) = 0 AND NOT c.relkind = 'p'";
        let looked = rows(&transaction, pages).await;
        transaction.rollback().await?;
        let found = match looked {
            // Somebody has locked one of the tables.
            Err(error) if server_error::is_in_the_way(&error) => rows(db, "false").await?,
            looked => looked?,
        };
        let mut sizes = BTreeMap::new();
        for row in found {
            let (estimate, is_empty): (i64, bool) =
                (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            let size = match u64::try_from(estimate) {
                _ if is_empty => Size::Empty,
                Ok(rows) => Size::About(rows),
                Err(_) => Size::Unknown,
            };
            sizes.insert(row.try_get_by_index(0)?, size);
        }
        Ok(Self(sizes))
    }

    /// That of a table, by its qualified name.
    pub fn of(&self, table: &str) -> Size {
        self.0.get(table).copied().unwrap_or(Size::Empty)
    }
}

async fn rows(db: &impl ConnectionTrait, is_empty: &str) -> Result<Vec<QueryResult>, DbErr> {
    let sql = SIZES.replace("{is_empty}", is_empty);
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await
}

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("no rows"),
            Self::About(1) => formatter.write_str("about 1 row"),
            Self::About(rows) => write!(formatter, "about {rows} rows"),
            Self::Unknown => formatter.write_str("rows that nobody has counted"),
        }
    }
}
