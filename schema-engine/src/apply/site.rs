//! Where a plan is carried out, by whom and how. Reads, and writes into the journal.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use tokio::time::timeout;

use super::{Done, error::Stop, limits::NOTE_TIMEOUT};
use crate::{
    backend::Backend,
    connection::Session,
    database::Database,
    journal::{self, Entry, Operator, Outcome},
    lock::Watch,
};

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

impl<'a> Site<'a> {
    pub(super) fn connection(self) -> &'a DatabaseConnection {
        self.session.connection()
    }

    /// Ends `work` at once where the run must not go on.
    pub(super) async fn guarded<T>(
        self,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, Stop> {
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
    pub(super) fn blockers(self, since: Instant) -> Vec<Backend> {
        self.watch.map(|watch| watch.blockers(since)).unwrap_or_default()
    }

    /// Writes down how a try ended. The database may be gone; what matters is the error that the
    /// try ended with.
    pub(super) async fn note_end(
        self,
        entry: Entry<'_>,
        duration: Duration,
        outcome: Outcome,
        said: String,
    ) {
        let (db, operator) = (self.connection(), self.operator);
        let row = journal::write(db, entry, operator, duration, outcome, Some(said));
        let _ = timeout(NOTE_TIMEOUT, row).await;
    }
}

const LOCK_IS_GONE: &str = "the migration lock is not held any more";
