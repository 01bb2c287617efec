//! What ran in a database, when, by whom, and how it ended.
//!
//! Reads and writes `seaql_migrations`, as sea-orm-migration does, and `migration_journal`.

mod incomplete;

use std::time::Duration;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, Schema as Builder, Set, Statement, TransactionTrait, Value,
    prelude::DateTimeWithTimeZone,
};
use sea_orm_migration::seaql_migrations;
use serde::Serialize;

pub use self::incomplete::incomplete;
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
    /// It was in the way of somebody, and ran again.
    Retried,
    /// Somebody looked, and says that all of it stands.
    MarkedDone,
    /// Somebody looked, and says that nothing of it stands.
    MarkedUndone,
    /// Alembic ran it, or the old system's SQL files, and the database was taken over.
    Adopted,
    /// The database was taken over although it differs in something.
    Accepted,
}

impl Outcome {
    /// The word that the journal has for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Retried => "retried",
            Self::MarkedDone => "marked done",
            Self::MarkedUndone => "marked undone",
            Self::Adopted => "adopted",
            Self::Accepted => "accepted",
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
    /// The word of an [`Outcome`]; none while it runs or where its runner died.
    pub outcome: Option<String>,
    /// What the server said when it failed, or the difference that was accepted.
    pub error: Option<String>,
    /// Of a run outside a transaction, how many of its statements stand.
    pub statements_done: Option<i32>,
    /// The user who ran it.
    pub actor: String,
    /// The machine that it was run from.
    pub host: String,
    /// The version of the tool.
    pub tool_version: String,
}

impl Run {
    /// Whether it ended with all of it done, here or before the database was taken over, or somebody
    /// said so.
    pub fn is_done(&self) -> bool {
        let done = [Outcome::Done, Outcome::MarkedDone, Outcome::Adopted].map(Outcome::word);
        self.outcome.as_deref().is_some_and(|word| done.contains(&word))
    }
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
    create(&transaction, schema, state).await?;
    transaction.commit().await
}

/// What [`install`] does, within a transaction.
pub(crate) async fn create(
    db: &impl ConnectionTrait,
    schema: &Schema,
    state: &State,
) -> Result<(), DbErr> {
    if state.history.is_none() {
        let create = Builder::new(db.get_database_backend())
            .create_table_from_entity(seaql_migrations::Entity);
        db.execute(&create).await?;
    }
    if !state.has_journal {
        db.execute_unprepared(CREATE_JOURNAL).await?;
    }
    // An application that may use every new table may not use these.
    db.execute_unprepared(privileges::KEEP_OWN_TABLES).await?;
    let record = state::record_of(schema.name);
    let comment = format!("COMMENT ON TABLE {JOURNAL_TABLE} IS '{record}'");
    db.execute_unprepared(&comment).await.map(drop)
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
    outcome: Outcome,
    error: Option<String>,
) -> Result<(), DbErr> {
    let sql = "
        INSERT INTO migration_journal (migration, direction, kind, checksum, actor, host,
                                       tool_version, started_at, finished_at, duration, outcome,
                                       error)
        SELECT $1, $2, $3, $4, $5, $6, $7, now - took, now, took, $9, $10
          FROM (SELECT clock_timestamp() AS now, make_interval(secs => $8) AS took) AS times";
    let mut values = identity(entry, operator);
    values.extend([duration.as_secs_f64().into(), outcome.word().into(), error.into()]);
    let backend = db.get_database_backend();
    db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(drop)
}

/// Writes down a run that begins outside a transaction, and gives its number.
pub(crate) async fn begin(
    db: &impl ConnectionTrait,
    entry: Entry<'_>,
    operator: &Operator,
    statements_done: usize,
) -> Result<i64, DbErr> {
    let sql = "
        INSERT INTO migration_journal (migration, direction, kind, checksum, actor, host,
                                       tool_version, started_at, statements_done)
        VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), $8)
        RETURNING id";
    let mut values = identity(entry, operator);
    values.push(count(statements_done).into());
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let row = db.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("the new row".to_owned()))?.try_get("", "id")
}

/// Notes how many statements of a run stand.
pub(crate) async fn advance(
    db: &impl ConnectionTrait,
    run: i64,
    statements_done: usize,
) -> Result<(), DbErr> {
    let sql = "UPDATE migration_journal SET statements_done = $2 WHERE id = $1";
    let values = [run.into(), count(statements_done).into()];
    let backend = db.get_database_backend();
    db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(drop)
}

/// Notes how a run outside a transaction ended.
pub(crate) async fn finish(
    db: &impl ConnectionTrait,
    run: i64,
    outcome: Outcome,
    error: Option<String>,
) -> Result<(), DbErr> {
    let sql = "
        UPDATE migration_journal
           SET finished_at = clock_timestamp(), duration = clock_timestamp() - started_at,
               outcome = $2, error = $3
         WHERE id = $1";
    let values = [run.into(), outcome.word().into(), error.into()];
    let backend = db.get_database_backend();
    db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(drop)
}

fn identity(entry: Entry<'_>, operator: &Operator) -> Vec<Value> {
    vec![
        entry.migration.into(),
        entry.direction.word().into(),
        entry.kind.to_string().into(),
        entry.checksum.into(),
        operator.actor.as_str().into(),
        operator.host.as_str().into(),
        operator.tool_version.as_str().into(),
    ]
}

fn count(statements: usize) -> i32 {
    i32::try_from(statements).unwrap_or(i32::MAX)
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
               outcome, error, statements_done, actor, host, tool_version
          FROM migration_journal ORDER BY id";
    Run::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await
}
