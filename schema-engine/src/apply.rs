//! Takes the steps of a plan: the only place that runs migrations.
//!
//! Executes on the database of a session.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, TransactionTrait};
use sea_orm_migration::SchemaManager;
use serde::Serialize;

use crate::{
    connection::Session,
    database::Database,
    journal::{self, Entry, Operator},
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
    #[error("{} failed and was rolled back", step(*direction, migration))]
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
    /// A migration that runs outside a transaction failed; some of it may stand.
    #[error("{} failed halfway: it does not run in a transaction", step(*direction, migration))]
    Halfway {
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
}

impl ApplyError {
    /// The steps that were taken before it failed; they stand.
    pub fn done(&self) -> &[Done] {
        match self {
            Self::Failed { done, .. } | Self::Halfway { done, .. } => done,
        }
    }
}

fn step(direction: Direction, migration: &str) -> String {
    match direction {
        Direction::Up => format!("`{migration}`"),
        Direction::Down => format!("the revert of `{migration}`"),
    }
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

/// Takes every step of `plan`, in a transaction each, and tells `report` of each one taken.
///
/// # Errors
///
/// [`ApplyError`] from the first step that failed, with those before it.
pub async fn apply(
    session: &Session,
    role: Role,
    schema: &Schema,
    plan: &Plan,
    operator: &Operator,
    mut report: impl FnMut(&Done),
) -> Result<Vec<Done>, ApplyError> {
    let db = session.connection();
    let mut done = Vec::new();
    for migration in plan.steps.iter().map(|step| &schema.migrations[*step]) {
        let entry = Entry {
            migration: &migration.name,
            direction: plan.direction,
            kind: migration.kind,
            checksum: migration.checksum,
        };
        let start = Instant::now();
        let transactional = migration.body.use_transaction().unwrap_or(true);
        if let Err(source) = run(db, role, migration, entry, operator, start).await {
            let message = source.to_string();
            // The database may be gone; what matters is the first error.
            let _ = journal::write(db, entry, operator, start.elapsed(), Some(message)).await;
            let (migration, direction) = (migration.name.clone(), plan.direction);
            return Err(if transactional {
                ApplyError::Failed { migration, direction, done, source }
            } else {
                ApplyError::Halfway { migration, direction, done, source }
            });
        }
        let step = Done {
            migration: migration.name.clone(),
            direction: plan.direction,
            duration_ms: start.elapsed().as_millis(),
        };
        report(&step);
        done.push(step);
    }
    Ok(done)
}

async fn run(
    db: &DatabaseConnection,
    role: Role,
    migration: &Migration,
    entry: Entry<'_>,
    operator: &Operator,
    start: Instant,
) -> Result<(), DbErr> {
    db.execute_unprepared(role.setting()).await?;
    if migration.body.use_transaction().unwrap_or(true) {
        in_transaction(db, migration, entry, operator, start).await
    } else {
        outside_transaction(db, migration, entry, operator, start).await
    }
}

async fn in_transaction(
    db: &DatabaseConnection,
    migration: &Migration,
    entry: Entry<'_>,
    operator: &Operator,
    start: Instant,
) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    let result = match execute(&SchemaManager::new(&transaction), migration, entry.direction).await
    {
        Ok(()) => note(&transaction, entry, operator, start).await,
        failed => failed,
    };
    match result {
        Ok(()) => transaction.commit().await,
        // The first error is the one to tell.
        failed => {
            let _ = transaction.rollback().await;
            failed
        }
    }
}

async fn outside_transaction(
    db: &DatabaseConnection,
    migration: &Migration,
    entry: Entry<'_>,
    operator: &Operator,
    start: Instant,
) -> Result<(), DbErr> {
    execute_outside(db, migration, entry.direction).await?;
    let transaction = db.begin().await?;
    note(&transaction, entry, operator, start).await?;
    transaction.commit().await
}

/// Runs a migration, in a transaction if it wants one, and notes nothing of it.
pub(crate) async fn replay(
    db: &DatabaseConnection,
    migration: &Migration,
    direction: Direction,
) -> Result<(), DbErr> {
    if !migration.body.use_transaction().unwrap_or(true) {
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
    let text = match direction {
        Direction::Up => files.up,
        Direction::Down => files.down,
    };
    let statements = sql::statements(text).map_err(|error| DbErr::Migration(error.to_string()))?;
    for statement in statements {
        db.execute_unprepared(statement.text).await?;
    }
    Ok(())
}

/// What stock sea-orm-migration notes, and our journal, in one transaction.
async fn note(
    db: &impl ConnectionTrait,
    entry: Entry<'_>,
    operator: &Operator,
    start: Instant,
) -> Result<(), DbErr> {
    match entry.direction {
        Direction::Up => journal::set_applied(db, entry.migration).await?,
        Direction::Down => journal::set_reverted(db, entry.migration).await?,
    }
    journal::write(db, entry, operator, start.elapsed(), None).await
}
