//! What ran in a database, when, by whom, and how it ended.
//!
//! Reads and writes `seaql_migrations`, as sea-orm-migration does, and `migration_journal`.

use std::time::Duration;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, Schema as Builder, Set, Statement, TransactionTrait, Value,
    prelude::DateTimeWithTimeZone,
};
use sea_orm_migration::seaql_migrations;
use serde::Serialize;

use crate::{
    plan::Direction,
    privileges,
    schema::{Kind, Schema},
    state::{self, JOURNAL_TABLE, State},
};

const CREATE_JOURNAL: &str = "
    CREATE TABLE migration_journal (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL,
        direction text NOT NULL,
        kind text NOT NULL,
        checksum text,
        started_at timestamp with time zone NOT NULL,
        finished_at timestamp with time zone,
        duration interval,
        outcome text,
        error text,
        statements_done integer,
        actor text NOT NULL,
        host text NOT NULL,
        tool_version text NOT NULL
    )";

/// Who runs migrations, and with what.
#[derive(Debug, Clone)]
pub struct Operator {
    /// The user of the operating system.
    pub actor: String,
    /// The machine.
    pub host: String,
    /// The version of the tool.
    pub tool_version: String,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything it was to do is done.
    Done,
    /// It failed.
    Failed,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// One run of one migration, before it is written down.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The migration's name.
    pub migration: &'a str,
    /// Which way it ran.
    pub direction: Direction,
    /// How it is written.
    pub kind: Kind,
    /// What it was when it ran.
    pub checksum: Option<&'a str>,
}

/// A row of the journal.
#[derive(Debug, Clone, Serialize, FromQueryResult)]
pub struct Run {
    /// Counts the runs of this database.
    pub id: i64,
    /// The migration's name.
    pub migration: String,
    /// `up` or `down`.
    pub direction: String,
    /// `rust` or `sql`.
    pub kind: String,
    /// What it was when it ran; none where the build did not know.
    pub checksum: Option<String>,
    /// When it began, by the server's clock.
    pub started_at: DateTimeWithTimeZone,
    /// When it ended; none while it runs or where its runner died.
    pub finished_at: Option<DateTimeWithTimeZone>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<f64>,
    /// `done`, `failed`, or none.
    pub outcome: Option<String>,
    /// What the server said when it failed.
    pub error: Option<String>,
    /// The user who ran it.
    pub actor: String,
    /// The machine that it was run from.
    pub host: String,
    /// The version of the tool.
    pub tool_version: String,
}

/// Creates the tool's tables where they are missing and records the schema that the database
/// holds.
///
/// # Errors
///
/// The server's.
pub async fn install(db: &DatabaseConnection, schema: &Schema, state: &State) -> Result<(), DbErr> {
    if state.has_journal && state.history.is_some() && state.recorded_schema.is_some() {
        return Ok(());
    }
    let transaction = db.begin().await?;
    if state.history.is_none() {
        let create = Builder::new(db.get_database_backend())
            .create_table_from_entity(seaql_migrations::Entity);
        transaction.execute(&create).await?;
    }
    if !state.has_journal {
        transaction.execute_unprepared(CREATE_JOURNAL).await?;
    }
    // An application that may use every new table may not use these.
    transaction.execute_unprepared(privileges::KEEP_OWN_TABLES).await?;
    let record = state::record_of(schema.name);
    transaction
        .execute_unprepared(&format!("COMMENT ON TABLE {JOURNAL_TABLE} IS '{record}'"))
        .await?;
    transaction.commit().await
}

/// Notes in the history that `migration` is applied, as sea-orm-migration does.
pub(crate) async fn set_applied(db: &impl ConnectionTrait, migration: &str) -> Result<(), DbErr> {
    let applied_at = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs().cast_signed());
    let row = seaql_migrations::ActiveModel {
        version: Set(migration.to_owned()),
        applied_at: Set(applied_at),
    };
    seaql_migrations::Entity::insert(row).exec_without_returning(db).await.map(drop)
}

/// Notes in the history that `migration` is not applied any more.
pub(crate) async fn set_reverted(db: &impl ConnectionTrait, migration: &str) -> Result<(), DbErr> {
    seaql_migrations::Entity::delete_many()
        .filter(seaql_migrations::Column::Version.eq(migration))
        .exec(db)
        .await
        .map(drop)
}

/// Writes down a run that has ended.
pub(crate) async fn write(
    db: &impl ConnectionTrait,
    entry: Entry<'_>,
    operator: &Operator,
    duration: Duration,
    failure: Option<String>,
) -> Result<(), DbErr> {
    let outcome = if failure.is_none() { Outcome::Done } else { Outcome::Failed };
    let sql = "
        INSERT INTO migration_journal (migration, direction, kind, checksum, started_at,
                                       finished_at, duration, outcome, error, actor, host,
                                       tool_version)
        SELECT $1, $2, $3, $10, now - took, now, took, $5, $6, $7, $8, $9
          FROM (SELECT clock_timestamp() AS now, make_interval(secs => $4) AS took) AS times";
    let values: [Value; 10] = [
        entry.migration.into(),
        entry.direction.word().into(),
        entry.kind.to_string().into(),
        duration.as_secs_f64().into(),
        outcome.word().into(),
        failure.into(),
        operator.actor.as_str().into(),
        operator.host.as_str().into(),
        operator.tool_version.as_str().into(),
        entry.checksum.into(),
    ];
    let backend = db.get_database_backend();
    db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(drop)
}

/// Reads every run, oldest first; none where the tool never wrote.
///
/// # Errors
///
/// The server's.
pub async fn runs(db: &impl ConnectionTrait, state: &State) -> Result<Vec<Run>, DbErr> {
    if !state.has_journal {
        return Ok(Vec::new());
    }
    let sql = "
        SELECT id, migration, direction, kind, checksum, started_at, finished_at,
               (extract(epoch FROM duration) * 1000)::double precision AS duration_ms,
               outcome, error, actor, host, tool_version
          FROM migration_journal ORDER BY id";
    Run::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await
}
