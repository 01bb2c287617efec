//! What a database says about itself: who it is, what it holds, what ran in it. Reads only.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};
use serde::Serialize;

/// The table that alone says what is applied; sea-orm-migration's.
pub const HISTORY_TABLE: &str = "seaql_migrations";
/// The table that says how it ran.
pub const JOURNAL_TABLE: &str = "migration_journal";
/// The table that Alembic kept.
pub const ALEMBIC_TABLE: &str = "alembic_version";

/// Which database it is, whatever URL led there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The number that `initdb` gave the cluster.
    pub system_identifier: i64,
    /// The oid of the database in the cluster.
    pub database_oid: i64,
}

/// An applied migration, as `seaql_migrations` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Applied {
    /// The migration's name.
    #[serde(rename = "name")]
    pub version: String,
    /// When, in seconds since 1970.
    pub applied_at: i64,
}

/// What was read from a database in one look.
#[derive(Debug, Clone)]
pub struct State {
    /// Which database it is.
    pub identity: Identity,
    /// Its name, as `current_database()` says it.
    pub name: String,
    /// The version of its server, such as `15.18`.
    pub server_version: String,
    /// Whether the server is an embedded one, which has one session.
    pub is_embedded: bool,
    /// The schema that the tool recorded it to hold.
    pub recorded_schema: Option<String>,
    /// Whether the tool's journal is there.
    pub has_journal: bool,
    /// The history, or none where there is no such table.
    pub history: Option<Vec<Applied>>,
    /// The rows of Alembic's version table, or none where there is no such table.
    pub alembic_versions: Option<Vec<String>>,
    /// The tables that unqualified names find.
    pub tables: Vec<String>,
}

impl State {
    /// The names of the applied migrations.
    pub fn applied(&self) -> Vec<String> {
        self.history.iter().flatten().map(|applied| applied.version.clone()).collect()
    }
}

#[derive(FromQueryResult)]
struct Look {
    system_identifier: i64,
    database_oid: i64,
    name: String,
    server_version: String,
    is_embedded: bool,
    record: Option<String>,
    tables: Vec<String>,
}

const LOOK: &str = "
    SELECT (SELECT system_identifier FROM pg_control_system()) AS system_identifier,
           (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database_oid,
           current_database()::text AS name,
           current_setting('server_version') AS server_version,
           version() LIKE '% on wasm%' AS is_embedded,
           obj_description(to_regclass('migration_journal'), 'pg_class') AS record,
           ARRAY(SELECT relname::text FROM pg_class
                  WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)
                    AND relnamespace <> 'pg_catalog'::regnamespace
                  ORDER BY relname) AS tables";

/// Reads the state of a database; works for a role that may only read.
///
/// # Errors
///
/// The server's.
pub async fn read(db: &impl ConnectionTrait) -> Result<State, DbErr> {
    let look = one::<Look>(db, LOOK).await?;
    let has = |table: &str| look.tables.iter().any(|name| name == table);
    let history = if has(HISTORY_TABLE) { Some(history(db).await?) } else { None };
    let alembic_versions =
        if has(ALEMBIC_TABLE) { Some(alembic_versions(db).await?) } else { None };
    Ok(State {
        identity: Identity {
            system_identifier: look.system_identifier,
            database_oid: look.database_oid,
        },
        name: look.name,
        server_version: look.server_version,
        is_embedded: look.is_embedded,
        recorded_schema: look.record.as_deref().and_then(recorded_schema).map(str::to_owned),
        has_journal: has(JOURNAL_TABLE),
        history,
        alembic_versions,
        tables: look.tables,
    })
}

/// The comment on the journal that records which schema the database holds.
pub(crate) fn record_of(schema: &str) -> String {
    format!("Journal of the migrations of the schema {schema}")
}

fn recorded_schema(comment: &str) -> Option<&str> {
    comment.strip_prefix(record_of("").as_str())
}

async fn history(db: &impl ConnectionTrait) -> Result<Vec<Applied>, DbErr> {
    let sql = "SELECT version, applied_at FROM seaql_migrations ORDER BY version";
    Applied::find_by_statement(statement(db, sql)).all(db).await
}

async fn alembic_versions(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT version_num::text FROM alembic_version ORDER BY 1";
    let rows = db.query_all_raw(statement(db, sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

async fn one<T: FromQueryResult>(db: &impl ConnectionTrait, sql: &str) -> Result<T, DbErr> {
    let row = T::find_by_statement(statement(db, sql)).one(db).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("the server answered with no row".to_owned()))
}

fn statement(db: &impl ConnectionTrait, sql: &str) -> Statement {
    Statement::from_string(db.get_database_backend(), sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_can_be_read_again() {
        assert_eq!(recorded_schema(&record_of("ecs")), Some("ecs"));
        assert_eq!(recorded_schema("somebody's own journal"), None);
    }
}
