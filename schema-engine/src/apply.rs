//! Takes the steps of a plan: the only place that runs migrations.
//!
//! Executes on the database of a session.

pub(crate) mod limits;
mod stepwise;
mod transactional;

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};
use sea_orm_migration::SchemaManager;
use serde::Serialize;
use tokio::time::timeout;

use self::limits::Limits;
pub(crate) use self::transactional::pause_after;
use crate::{
    backend::{self, Backend},
    connection::Session,
    database::Database,
    journal::{self, Entry, Operator, Outcome},
    lock::{Lost, Watch},
    plan::{Direction, Plan},
    schema::{Migration, Schema},
    sql,
};

/// A step that was taken.
#[derive(Debug, Clone, Serialize)]
pub struct Done {
    /// The migration's name.
    pub migration: String,
    /// Which way it ran.
    pub direction: Direction,
    /// How long it took, in milliseconds.
    pub duration_ms: u128,
}

impl Done {
    /// How long it took.
    pub fn duration(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.duration_ms).unwrap_or(u64::MAX))
    }
}

/// Why a plan was not carried out to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// A migration failed; it left nothing behind.
    #[error("{} failed and was rolled back", direction.step(migration))]
    Failed {
        /// The migration's name.
        migration: String,
        /// Which way it ran.
        direction: Direction,
        /// The steps before it, which stand.
        done: Vec<Done>,
        /// What the server or the migration said.
        #[source]
        source: DbErr,
    },
    /// Others were in the way of a migration for longer than it was to wait; it left nothing
    /// behind.
    #[error(
        "{} gave up and was rolled back; in its way was {}",
        direction.step(migration), backend::list(blockers)
    )]
    Blocked {
        /// The migration's name.
        migration: String,
        /// Which way it ran.
        direction: Direction,
        /// The steps before it, which stand.
        done: Vec<Done>,
        /// Whom it waited for.
        blockers: Vec<Backend>,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// The run had to end at once; its transaction does not commit.
    #[error("{} was given up", direction.step(migration))]
    Lost {
        /// The migration's name.
        migration: String,
        /// Which way it ran.
        direction: Direction,
        /// The steps before it, which stand.
        done: Vec<Done>,
        /// What was lost.
        #[source]
        source: Lost,
    },
    /// A migration that runs outside a transaction failed; some of it stands.
    #[error(
        "{} failed halfway{}, and what it did before stands, {statements_done} of its statements; \
         `repair` shows it and finishes it", direction.step(migration), in_its_way(blockers)
    )]
    Halfway {
        /// The migration's name.
        migration: String,
        /// Which way it ran.
        direction: Direction,
        /// How many of its statements stand, of an SQL migration.
        statements_done: usize,
        /// Whom it waited for, if it gave up waiting.
        blockers: Vec<Backend>,
        /// The steps before it, which stand.
        done: Vec<Done>,
        /// What the server or the migration said.
        #[source]
        source: DbErr,
    },
}

impl ApplyError {
    /// The steps that were taken before it failed; they stand.
    pub fn done(&self) -> &[Done] {
        match self {
            Self::Failed { done, .. }
            | Self::Blocked { done, .. }
            | Self::Lost { done, .. }
            | Self::Halfway { done, .. } => done,
        }
    }
}

impl ApplyError {
    /// What stopped the step, where it was not the loss of a connection.
    pub(crate) fn said_by_server(&self) -> Option<&DbErr> {
        match self {
            Self::Failed { source, .. }
            | Self::Blocked { source, .. }
            | Self::Halfway { source, .. } => Some(source),
            Self::Lost { .. } => None,
        }
    }
}

fn in_its_way(blockers: &[Backend]) -> String {
    if blockers.is_empty() {
        return String::new();
    }
    format!("; in its way was {}", backend::list(blockers))
}

/// What a database is to its migrations, as the session setting `reynard.role` says it: one that
/// reads more than the database reads it only where that is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The real thing.
    Production,
    /// The e2e twin of a production database.
    Twin,
    /// A throw-away database that migrations are replayed in.
    Shadow,
}

impl Role {
    /// The role of a database of the tool.
    pub fn of(database: &Database) -> Self {
        if database.is_production() { Self::Production } else { Self::Twin }
    }

    /// The statement that tells a session its role.
    pub(crate) fn setting(self) -> &'static str {
        match self {
            Self::Production => "SET reynard.role = 'production'",
            Self::Twin => "SET reynard.role = 'twin'",
            Self::Shadow => "SET reynard.role = 'shadow'",
        }
    }
}

/// How a run treats what is in its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How long a statement may wait for a lock, keeping others waiting behind it; zero is for
    /// ever.
    pub lock_timeout: Duration,
    /// How long a statement may take; zero is for ever.
    pub statement_timeout: Duration,
    /// How often what was in somebody's way runs again.
    pub retries: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            lock_timeout: Duration::from_secs(5),
            statement_timeout: Duration::ZERO,
            retries: 10,
        }
    }
}

/// What a run tells while it applies.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A step was taken.
    Step(&'a Done),
    /// A migration, or its statement, was in the way of these and will run again.
    Retry {
        /// The migration's name.
        migration: &'a str,
        /// What the server said.
        error: String,
        /// Whom it waited for.
        blockers: Vec<Backend>,
        /// After how long.
        pause: Duration,
    },
    /// A statement that works beside others waits for these to end.
    Waiting {
        /// The migration's name.
        migration: &'a str,
        /// Whom it waits for.
        blockers: Vec<Backend>,
    },
}

/// Where a plan is carried out, by whom and how.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The session that works.
    pub session: &'a Session,
    /// What keeps other runners away, where others could come.
    pub watch: Option<&'a Watch>,
    /// What the database is to its migrations.
    pub role: Role,
    /// Who writes into the journal.
    pub operator: &'a Operator,
    /// How it treats what is in its way.
    pub patience: Patience,
}

/// Takes every step of `plan`, in a transaction each where the migration does not refuse one, and
/// tells of it.
///
/// # Errors
///
/// [`ApplyError`] from the first step that failed, with those before it.
pub async fn apply(
    site: Site<'_>,
    schema: &Schema,
    plan: &Plan,
    mut tell: impl FnMut(Progress<'_>),
) -> Result<Vec<Done>, Box<ApplyError>> {
    let mut done = Vec::new();
    for migration in plan.steps.iter().map(|step| &schema.migrations[*step]) {
        match step(site, migration, plan.direction, 0, &mut tell).await {
            Ok(step) => done.push(step),
            Err(stop) => return Err(stop.into_error(migration, plan.direction, done)),
        }
    }
    Ok(done)
}

/// Goes on with a migration outside a transaction of which `statements_done` stand.
///
/// # Errors
///
/// [`ApplyError`].
pub(crate) async fn resume(
    site: Site<'_>,
    migration: &Migration,
    direction: Direction,
    statements_done: usize,
    mut tell: impl FnMut(Progress<'_>),
) -> Result<Done, Box<ApplyError>> {
    step(site, migration, direction, statements_done, &mut tell)
        .await
        .map_err(|stop| stop.into_error(migration, direction, Vec::new()))
}

async fn step(
    site: Site<'_>,
    migration: &Migration,
    direction: Direction,
    statements_done: usize,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<Done, Stop> {
    let entry = Entry {
        migration: &migration.name,
        direction,
        kind: migration.kind,
        checksum: migration.checksum,
    };
    let start = Instant::now();
    let setting = site.role.setting();
    site.guarded(site.connection().execute_unprepared(setting)).await?;
    let limits = Limits::of(site.patience, migration, direction)
        .map_err(|error| Stop::failed(DbErr::Migration(error.to_string())))?;
    if migration.runs_in_transaction() {
        transactional::run(site, migration, entry, limits, tell).await?;
    } else {
        stepwise::run(site, migration, entry, limits, statements_done, tell).await?;
    }
    let done = Done {
        migration: migration.name.clone(),
        direction,
        duration_ms: start.elapsed().as_millis(),
    };
    tell(Progress::Step(&done));
    Ok(done)
}

impl<'a> Site<'a> {
    fn connection(self) -> &'a DatabaseConnection {
        self.session.connection()
    }

    /// Ends `work` at once where the run must not go on.
    async fn guarded<T>(self, work: impl Future<Output = Result<T, DbErr>>) -> Result<T, Stop> {
        let Some(watch) = self.watch else { return work.await.map_err(Stop::failed) };
        tokio::select! {
            biased;
            result = work => result.map_err(Stop::failed),
            lost = watch.lost() => Err(Stop::Lost(lost)),
        }
    }

    /// Makes sure, in the words of the server, that this is the session that it was and that the
    /// lock is held.
    pub(crate) async fn prove(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let Some(watch) = self.watch else { return Ok(()) };
        let proof = Statement::from_string(db.get_database_backend(), watch.proof());
        let row = db.query_one_raw(proof).await?;
        let is_held = row.map(|row| row.try_get("", "value")).transpose()?.unwrap_or(false);
        if is_held { Ok(()) } else { Err(DbErr::Custom(LOCK_IS_GONE.to_owned())) }
    }

    /// Whom the session waited for last, since `since`.
    fn blockers(self, since: Instant) -> Vec<Backend> {
        self.watch.map(|watch| watch.blockers(since)).unwrap_or_default()
    }

    /// Writes down how a try ended. The database may be gone; what matters is the error that the
    /// try ended with.
    async fn note_end(self, entry: Entry<'_>, duration: Duration, outcome: Outcome, said: String) {
        let (db, operator) = (self.connection(), self.operator);
        let row = journal::write(db, entry, operator, duration, outcome, Some(said));
        let _ = timeout(NOTE_TIMEOUT, row).await;
    }
}

/// How long the server may take to write down what went wrong.
const NOTE_TIMEOUT: Duration = Duration::from_secs(2);

const LOCK_IS_GONE: &str = "the migration lock is not held any more";

/// Why a step was not taken.
enum Stop {
    /// What the server or the migration said, and whom it waited for if it did too long.
    Failed { error: DbErr, blockers: Vec<Backend> },
    /// The same outside a transaction: what was done before it stands.
    Halfway { error: DbErr, blockers: Vec<Backend>, statements_done: usize },
    /// The run must not go on.
    Lost(Lost),
}

impl Stop {
    fn failed(error: DbErr) -> Self {
        Self::Failed { error, blockers: Vec::new() }
    }

    fn into_error(
        self,
        migration: &Migration,
        direction: Direction,
        done: Vec<Done>,
    ) -> Box<ApplyError> {
        let migration = migration.name.clone();
        Box::new(match self {
            Self::Failed { error: source, blockers } if blockers.is_empty() => {
                ApplyError::Failed { migration, direction, done, source }
            }
            Self::Failed { error: source, blockers } => {
                ApplyError::Blocked { migration, direction, done, blockers, source }
            }
            Self::Halfway { error: source, blockers, statements_done } => ApplyError::Halfway {
                migration,
                direction,
                statements_done,
                blockers,
                done,
                source,
            },
            Self::Lost(source) => ApplyError::Lost { migration, direction, done, source },
        })
    }
}

/// Runs a migration, in a transaction if it wants one, and notes nothing of it.
pub(crate) async fn replay(
    db: &DatabaseConnection,
    migration: &Migration,
    direction: Direction,
) -> Result<(), DbErr> {
    if !migration.runs_in_transaction() {
        return execute_outside(db, migration, direction).await;
    }
    let transaction = db.begin().await?;
    match execute(&SchemaManager::new(&transaction), migration, direction).await {
        Ok(()) => transaction.commit().await,
        // The first error is the one to tell.
        failed => {
            let _ = transaction.rollback().await;
            failed
        }
    }
}

async fn execute(
    manager: &SchemaManager<'_>,
    migration: &Migration,
    direction: Direction,
) -> Result<(), DbErr> {
    match direction {
        Direction::Up => migration.body.up(manager).await,
        Direction::Down => migration.body.down(manager).await,
    }
}

/// Runs a migration that wants no transaction: its file, where it is one, by statements, because
/// PostgreSQL takes a text of several for one transaction.
async fn execute_outside(
    db: &DatabaseConnection,
    migration: &Migration,
    direction: Direction,
) -> Result<(), DbErr> {
    let Some(files) = migration.sql else {
        return execute(&SchemaManager::new(db), migration, direction).await;
    };
    let statements = sql::statements(direction.text_of(files))
        .map_err(|error| DbErr::Migration(error.to_string()))?;
    for statement in statements {
        db.execute_unprepared(statement.text).await?;
    }
    Ok(())
}

/// What stock sea-orm-migration notes: whether the migration is applied.
async fn note(db: &impl ConnectionTrait, entry: Entry<'_>) -> Result<(), DbErr> {
    match entry.direction {
        Direction::Up => journal::set_applied(db, entry.migration).await,
        Direction::Down => journal::set_reverted(db, entry.migration).await,
    }
}
