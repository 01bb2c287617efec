//! `fresh`: empties a database, so that its lineage can begin again.
//!
//! Drops what lies in the current namespace.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};

use crate::state::{HISTORY_TABLE, JOURNAL_TABLE};

/// One statement a kind of object, each naming all objects of the kind, so that those which
/// depend on each other go together and nothing of another namespace goes with them.
const STATEMENTS: &str = "
    WITH own AS (
        SELECT c.oid, c.relname, c.relkind
          FROM pg_class c
         WHERE c.relnamespace = current_schema()::regnamespace
           AND c.relname NOT IN ($1, $2)
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND d.deptype IN ('e', 'a', 'i'))
    ), routine AS (
        SELECT p.oid
          FROM pg_proc p
         WHERE p.pronamespace = current_schema()::regnamespace
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                              AND d.deptype = 'e')
    ), type AS (
        SELECT t.oid
          FROM pg_type t
         WHERE t.typnamespace = current_schema()::regnamespace
           AND (t.typtype IN ('e', 'd')
                OR t.typtype = 'c' AND (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c')
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                              AND d.deptype = 'e')
    )
    SELECT sql FROM (
        SELECT 1 AS place, 'DROP VIEW ' || string_agg(quote_ident(relname), ', ' ORDER BY relname) AS sql
          FROM own WHERE relkind = 'v'
        UNION ALL
        SELECT 2, 'DROP MATERIALIZED VIEW ' || string_agg(quote_ident(relname), ', ' ORDER BY relname)
          FROM own WHERE relkind = 'm'
        UNION ALL
        SELECT 3, 'DROP TABLE ' || string_agg(quote_ident(relname), ', ' ORDER BY relname)
          FROM own WHERE relkind IN ('r', 'p')
        UNION ALL
        SELECT 4, 'DROP ROUTINE ' || string_agg(oid::regprocedure::text, ', ') FROM routine
        UNION ALL
        SELECT 5, 'DROP TYPE ' || string_agg(oid::regtype::text, ', ') FROM type
        UNION ALL
        SELECT 6, 'DROP SEQUENCE ' || string_agg(quote_ident(relname), ', ' ORDER BY relname)
          FROM own WHERE relkind = 'S'
    ) AS statements
     WHERE sql IS NOT NULL ORDER BY place";

/// Drops every table, view, function, type and sequence, and notes that nothing is applied. The
/// journal and the extensions stay.
///
/// # Errors
///
/// The server's, for example where something in another namespace depends on a table; then
/// nothing is dropped.
pub async fn empty(db: &DatabaseConnection, has_history: bool) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    for sql in statements(&transaction).await? {
        transaction.execute_unprepared(&sql).await?;
    }
    if has_history {
        transaction.execute_unprepared(&format!("DELETE FROM {HISTORY_TABLE}")).await?;
    }
    transaction.commit().await
}

/// The statements that [`empty`] would run.
///
/// # Errors
///
/// The server's.
pub async fn statements(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let names = [HISTORY_TABLE.into(), JOURNAL_TABLE.into()];
    let ask = Statement::from_sql_and_values(db.get_database_backend(), STATEMENTS, names);
    let rows = db.query_all_raw(ask).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
