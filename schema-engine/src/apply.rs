//! Takes the steps of a plan: the only place that runs migrations.
//!
//! Executes on the database of a session.

mod error;
pub(crate) mod limits;
mod site;
mod stepwise;
mod transactional;

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, TransactionTrait};
use sea_orm_migration::SchemaManager;
use serde::Serialize;

pub(crate) use self::transactional::pause_after;
pub use self::{
    error::ApplyError,
    site::{Patience, Progress, Role, Site},
};
use self::{error::Stop, limits::Limits};
use crate::{
    journal::{self, Entry},
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
