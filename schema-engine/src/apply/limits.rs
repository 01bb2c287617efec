//! How long the statements of one migration may wait and take: what the run says, unless the head
//! of an SQL file says otherwise. Pure.

use std::time::Duration;

use super::Patience;
use crate::{
    plan::Direction,
    schema::Migration,
    sql::{self, SqlError},
};

/// What holds for one migration; zero is for ever.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    lock: Duration,
    statement: Duration,
    pub(super) retries: u32,
}

impl Limits {
    pub(crate) fn of(
        patience: Patience,
        migration: &Migration,
        direction: Direction,
    ) -> Result<Self, SqlError> {
        let text = migration.sql.map_or("", |files| match direction {
            Direction::Up => files.up,
            Direction::Down => files.down,
        });
        let header = sql::header(text)?;
        Ok(Self {
            lock: header.lock_timeout.unwrap_or(patience.lock_timeout),
            statement: header.statement_timeout.unwrap_or(patience.statement_timeout),
            retries: patience.retries,
        })
    }

    /// For the transaction that is open.
    pub(crate) fn for_transaction(self) -> String {
        format!(
            "SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}",
            self.lock.as_millis(),
            self.statement.as_millis()
        )
    }

    /// For the session, until it is told otherwise.
    pub(crate) fn for_session(self) -> String {
        format!(
            "SET lock_timeout = {}; SET statement_timeout = {}",
            self.lock.as_millis(),
            self.statement.as_millis()
        )
    }

    /// For a statement that works beside others: it holds up nobody while it waits.
    pub(crate) fn waiting_for_ever(self) -> Self {
        Self { lock: Duration::ZERO, ..self }
    }
}

/// What [`Limits::for_session`] set is as the server would have it.
pub(crate) const RESET: &str = "RESET lock_timeout; RESET statement_timeout";
