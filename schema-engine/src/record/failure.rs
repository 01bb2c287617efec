//! Which statement a server refused, and where in its text. Pure.

use std::num::NonZeroU32;

use sea_orm::DbErr;

use super::log::Event;
use crate::{server_error, sql};

/// A statement that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) sql: String,
    /// The line of the text that was run, as far as the server told it.
    line: usize,
    /// The text, and how often it was run before.
    text: String,
    earlier: usize,
}

/// The statement that a run failed at, if it was one.
pub(super) fn failure(events: &[Event], source: &DbErr) -> Option<Failure> {
    let place = events.iter().rposition(|event| event.sql != "ROLLBACK")?;
    let event = events.get(place).filter(|event| event.has_failed)?;
    let earlier = events[..place].iter().filter(|other| other.sql == event.sql).count();
    let (sql, line) = refused(&event.sql, event.done, server_error::position(source))?;
    Some(Failure { sql, line, text: event.sql.clone(), earlier })
}

impl Failure {
    /// The line of a file that was run, as a whole or statement by statement.
    pub(super) fn line_in(&self, file: &str) -> Option<NonZeroU32> {
        let (start, _) = file.match_indices(&self.text).nth(self.earlier)?;
        let line = lines(&file[..start]) + self.line;
        u32::try_from(line).ok().and_then(NonZeroU32::new)
    }
}

/// The statement at a position, counted in characters from 1, and its line; without one, the
/// statement behind the `done` first.
fn refused(text: &str, done: usize, position: Option<usize>) -> Option<(String, usize)> {
    let statements = sql::statements(text).ok()?;
    // Of a text with a mistake in its grammar the server runs nothing, not even what is right.
    if let Some(at) = position.and_then(|position| text.char_indices().nth(position - 1))
        // What is missing at the end of a statement is noticed behind it.
        && let Some(statement) = statements.iter().find(|it| at.0 <= it.start + it.text.len())
    {
        return Some((statement.text.to_owned(), lines(&text[..at.0]) + 1));
    }
    let statement = statements.get(done)?;
    Some((statement.text.to_owned(), statement.line))
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_found_with_its_line() {
        let text =
            "-- é\nCREATE TABLE a (id int);\n\nCREATE TABLE b (\n    id imt\n); DROP c; DROP";
        let check = |done, word: Option<&str>, expected: Option<(&str, usize)>| {
            let position = word.and_then(|word| text.find(word));
            let position = position.map(|at| text[..at].chars().count() + 1);
            let found = refused(text, done, position);
            assert_eq!(found, expected.map(|(sql, line)| (sql.to_owned(), line)), "{word:?}");
        };
        let (a, b) = ("CREATE TABLE a (id int)", "CREATE TABLE b (\n    id imt\n)");
        check(0, None, Some((a, 2)));
        check(1, None, Some((b, 4)));
        check(0, Some("imt"), Some((b, 5)));
        check(0, Some("; DROP c"), Some((b, 6)));
        check(0, Some("c; DROP"), Some(("DROP c", 6)));
        check(9, None, None);
        assert_eq!(refused(text, 3, Some(1000)), Some(("DROP".to_owned(), 6)));
    }

    #[test]
    fn a_file_may_be_run_by_statements() {
        let file = "SELECT 1;\nSELECT 2;\n\nSELECT 1;\n";
        let check = |text: &str, line, earlier, expected| {
            let failure = Failure { sql: String::new(), line, text: text.to_owned(), earlier };
            assert_eq!(failure.line_in(file).map(NonZeroU32::get), expected, "{text}");
        };
        check(file, 2, 0, Some(2));
        check("SELECT 2", 1, 0, Some(2));
        check("SELECT 1", 1, 1, Some(4));
        check("SELECT 3", 1, 0, None);
    }
}
