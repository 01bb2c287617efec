//! Reads the catalog of a database.
//!
//! Reads `pg_catalog` alone, by a fixed number of queries, and needs no privilege.

use std::{collections::BTreeSet, future::Future};

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, FromQueryResult,
    IsolationLevel, Statement, TransactionTrait,
};

use super::{assemble, identifier::NameError, model::Catalog, rows::Rows};
use crate::state::{ALEMBIC_TABLE, HISTORY_TABLE, JOURNAL_TABLE};

/// What is not to be read.
#[derive(Debug, Clone)]
pub struct Options {
    /// Tables that count as not there, with all that is theirs, whatever their namespace.
    pub ignored_tables: BTreeSet<String>,
}

impl Default for Options {
    /// Leaves out the tables that say what ran: the tool's and Alembic's.
    fn default() -> Self {
        let tables = [HISTORY_TABLE, JOURNAL_TABLE, ALEMBIC_TABLE];
        Self { ignored_tables: tables.map(str::to_owned).into() }
    }
}

/// Why a catalog could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// The server did not answer a query.
    #[error("cannot read the {part} of the catalog")]
    Query {
        /// What was asked for.
        part: &'static str,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// A name that the server wrote is none.
    #[error("cannot understand a name in the catalog")]
    Name {
        /// What is wrong with it.
        #[from]
        source: NameError,
    },
    /// The server uses a letter that no supported release uses.
    #[error("the catalog has an unknown {what} `{letter}`")]
    Unknown {
        /// What the letter stands for.
        what: &'static str,
        /// The letter.
        letter: String,
    },
    /// A constraint or index names a column that is not there.
    #[error("the catalog has no column {number} of relation {relation}")]
    UnknownColumn {
        /// The object id of the relation.
        relation: i64,
        /// The number of the column.
        number: i16,
    },
}

/// What a catalog can be read through.
pub trait Source: ConnectionTrait {
    /// Begins a transaction to read in, which is rolled back afterwards.
    fn snapshot(&self) -> impl Future<Output = Result<DatabaseTransaction, DbErr>> + Send;
}

impl Source for DatabaseConnection {
    /// Sees one moment of the database, and can write nothing.
    fn snapshot(&self) -> impl Future<Output = Result<DatabaseTransaction, DbErr>> + Send {
        self.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly))
    }
}

impl Source for DatabaseTransaction {
    /// Sees what the transaction has done so far.
    fn snapshot(&self) -> impl Future<Output = Result<DatabaseTransaction, DbErr>> + Send {
        self.begin()
    }
}

/// Makes what the server writes independent of the session: every name qualified, every constant in
/// one style. The planner knows little of a new catalog, and would look up each of a thousand things
/// by itself; and compiling its plans would take longer than running them.
const SETTINGS: &str = "
    SELECT set_config(name, value, true)
      FROM (VALUES ('search_path', ''), ('quote_all_identifiers', 'off'), ('DateStyle', 'ISO, YMD'),
                   ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('extra_float_digits', '1'),
                   ('bytea_output', 'hex'), ('standard_conforming_strings', 'on'),
                   ('lc_monetary', 'C'), ('enable_nestloop', 'off'),
                   ('jit', 'off')) AS settings (name, value)";

/// Reads the catalog of a database, on a connection or within a transaction, whose session is
/// afterwards as it was before.
///
/// # Errors
///
/// [`InspectError`], by what went wrong; a transaction that it was read within can go on.
pub async fn inspect(db: &impl Source, options: &Options) -> Result<Catalog, InspectError> {
    let fail = |source| InspectError::Query { part: "beginning", source };
    let transaction = db.snapshot().await.map_err(fail)?;
    let rows = read(&transaction).await?;
    transaction.rollback().await.map_err(fail)?;
    assemble::assemble(rows, options)
}

async fn read(db: &DatabaseTransaction) -> Result<Rows, InspectError> {
    db.execute_unprepared(SETTINGS)
        .await
        .map_err(|source| InspectError::Query { part: "settings", source })?;
    Ok(Rows {
        namespaces: all(db, "namespaces", include_str!("queries/namespaces.sql")).await?,
        extensions: all(db, "extensions", include_str!("queries/extensions.sql")).await?,
        types: all(db, "types", include_str!("queries/types.sql")).await?,
        relations: all(db, "tables and views", include_str!("queries/relations.sql")).await?,
        columns: all(db, "columns", include_str!("queries/columns.sql")).await?,
        constraints: all(db, "constraints", include_str!("queries/constraints.sql")).await?,
        indexes: all(db, "indexes", include_str!("queries/indexes.sql")).await?,
        index_keys: all(db, "index keys", include_str!("queries/index_keys.sql")).await?,
        sequences: all(db, "sequences", include_str!("queries/sequences.sql")).await?,
        routines: all(db, "routines", include_str!("queries/routines.sql")).await?,
        triggers: all(db, "triggers", include_str!("queries/triggers.sql")).await?,
        others: all(db, "other objects", include_str!("queries/others.sql")).await?,
        dependencies: all(db, "dependencies", include_str!("queries/dependencies.sql")).await?,
    })
}

async fn all<T: FromQueryResult>(
    db: &DatabaseTransaction,
    part: &'static str,
    sql: &'static str,
) -> Result<Vec<T>, InspectError> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = T::find_by_statement(statement).all(db).await;
    rows.map_err(|source| InspectError::Query { part, source })
}
