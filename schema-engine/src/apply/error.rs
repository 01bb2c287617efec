//! Why a plan was not carried out to its end. Pure.

use sea_orm::DbErr;

use super::Done;
use crate::{
    backend::{self, Backend},
    lock::Lost,
    plan::Direction,
    schema::Migration,
};

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

/// Why a step was not taken.
pub(super) enum Stop {
    /// What the server or the migration said, and whom it waited for if it did too long.
    Failed { error: DbErr, blockers: Vec<Backend> },
    /// The same outside a transaction: what was done before it stands.
    Halfway { error: DbErr, blockers: Vec<Backend>, statements_done: usize },
    /// The run must not go on.
    Lost(Lost),
}

impl Stop {
    pub(super) fn failed(error: DbErr) -> Self {
        Self::Failed { error, blockers: Vec::new() }
    }

    pub(super) fn into_error(
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
