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
        let text = migration.sql.map_or("", |files| direction.text_of(files));
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

/// How long the server may take to write down what went wrong.
pub(super) const NOTE_TIMEOUT: Duration = Duration::from_secs(2);

/// What [`Limits::for_session`] set is as the server would have it.
pub(crate) const RESET: &str = "RESET lock_timeout; RESET statement_timeout";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    /// What a session is told for a migration of these two files, or what is wrong with them.
    fn check(up: &'static str, down: &'static str, direction: Direction, expected: &str) {
        let patience = Patience {
            lock_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_millis(1500),
            retries: 3,
        };
        let migration = fixtures::sql("m1", up, down);
        let shown = match Limits::of(patience, &migration, direction) {
            Ok(limits) => limits.for_session(),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "{up} / {down}");
    }

    #[test]
    fn what_the_run_says_holds_where_the_file_says_nothing() {
        let run = "SET lock_timeout = 5000; SET statement_timeout = 1500";
        check("SELECT 1", "SELECT 2", Direction::Up, run);
        check("SELECT 1;\n-- lock-timeout: 1s", "", Direction::Up, run);
        check("SELECT 1", "-- lock-timeout: 1s\nSELECT 2", Direction::Up, run);
    }

    #[test]
    fn the_head_of_a_file_has_the_last_word_for_its_direction() {
        check(
            "-- lock-timeout: 200ms\nSELECT 1",
            "",
            Direction::Up,
            "SET lock_timeout = 200; SET statement_timeout = 1500",
        );
        check(
            "SELECT 1",
            "-- lock-timeout: 0\n-- statement-timeout: 1min\nSELECT 2",
            Direction::Down,
            "SET lock_timeout = 0; SET statement_timeout = 60000",
        );
    }

    #[test]
    fn a_head_that_makes_no_sense_stops_the_migration() {
        check(
            "-- lock-timeout: soon\nSELECT 1",
            "",
            Direction::Up,
            "line 1: `lock-timeout: soon` is to be a time such as 500ms, 10s or \
             5min",
        );
    }

    #[test]
    fn a_rust_migration_has_no_head_and_waits_for_ever_where_it_holds_up_nobody() {
        let migration = fixtures::schema(&[("m1", None)]).migrations.remove(0);
        let limits = Limits::of(Patience::default(), &migration, Direction::Up).ok();
        let limits = limits.expect("limits");
        assert_eq!(
            limits.for_transaction(),
            "SET LOCAL lock_timeout = 5000; SET LOCAL statement_timeout = 0"
        );
        assert_eq!(
            limits.waiting_for_ever().for_session(),
            "SET lock_timeout = 0; SET statement_timeout = 0"
        );
        assert_eq!(limits.retries, 10);
    }
}
