//! What the head of an SQL migration asks of whoever runs it. Pure.

use std::time::Duration;

use sql_migration::TRANSACTION;

use super::SqlError;

const LOCK_TIMEOUT: &str = "lock-timeout";
const STATEMENT_TIMEOUT: &str = "statement-timeout";

/// What the comment lines say that an SQL file begins with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// `-- transaction: none`: it holds what cannot run in one.
    pub without_transaction: bool,
    /// `-- lock-timeout: 10s`: how long a statement may wait for a lock; zero is for ever.
    pub lock_timeout: Option<Duration>,
    /// `-- statement-timeout: 5min`: how long a statement may take; zero is for ever.
    pub statement_timeout: Option<Duration>,
}

/// Reads the header lines of an SQL file; other comments are none of them.
///
/// # Errors
///
/// [`SqlError::Header`] where one has a value that it cannot have.
pub fn header(text: &str) -> Result<Header, SqlError> {
    let mut header = Header::default();
    for line in sql_migration::header(text) {
        let refused = |key, expected| SqlError::Header {
            line: line.number,
            key,
            value: line.value.to_owned(),
            expected,
        };
        let time = |key| {
            duration(line.value).ok_or_else(|| refused(key, "a time such as 500ms, 10s or 5min"))
        };
        match line.key {
            TRANSACTION if line.value == "none" => header.without_transaction = true,
            TRANSACTION => return Err(refused(TRANSACTION, "none")),
            LOCK_TIMEOUT => header.lock_timeout = Some(time(LOCK_TIMEOUT)?),
            STATEMENT_TIMEOUT => header.statement_timeout = Some(time(STATEMENT_TIMEOUT)?),
            _ => {}
        }
    }
    Ok(header)
}

/// A time as PostgreSQL's settings write it, with its unit: `500ms`, `10s`, `5min`, `1h`, or `0`.
pub fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let milliseconds = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        "" if number == "0" => 0,
        _ => return None,
    };
    let milliseconds = number.parse::<u64>().ok()?.checked_mul(milliseconds)?;
    // PostgreSQL's own limit for its timeouts.
    (milliseconds <= i32::MAX.unsigned_abs().into()).then(|| Duration::from_millis(milliseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = header(text).map_or_else(
            |error| error.to_string(),
            |header| {
                format!(
                    "{} {:?} {:?}",
                    if header.without_transaction { "none" } else { "one" },
                    header.lock_timeout,
                    header.statement_timeout
                )
            },
        );
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_header_is_read() {
        check("SELECT 1", "one None None");
        check("-- transaction: none\n", "none None None");
        check(
            "-- Adds an index.\n--\n-- Hazard: none\n-- lock-timeout: 500ms\n\
             -- statement-timeout: 5 min",
            "one Some(500ms) Some(300s)",
        );
        check("-- lock-timeout: 0\n-- statement-timeout: 1h", "one Some(0ns) Some(3600s)");
        check("SELECT 1;\n-- transaction: none", "one None None");
    }

    #[test]
    fn a_value_that_makes_no_sense_is_named() {
        check("\n-- transaction: no", "line 2: `transaction: no` is to be none");
        for value in ["", "10", "ten s", "-1s", "1.5s", "99999999999999999999s", "1000h"] {
            check(
                &format!("-- lock-timeout: {value}"),
                &format!(
                    "line 1: `lock-timeout: {value}` is to be a time such as 500ms, 10s or 5min"
                ),
            );
        }
    }
}
