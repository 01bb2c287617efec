//! Which migrations the journal says were left half done. Pure.

use super::{Outcome, Run};

/// The runs outside a transaction that began and neither ended well nor were looked after since,
/// at most one a migration.
pub fn incomplete(runs: &[Run]) -> Vec<&Run> {
    // A statement that was tried again stands in a row of its own, behind that of its run.
    let is_run = |run: &&Run| run.outcome.as_deref() != Some(Outcome::Retried.word());
    let runs: Vec<&Run> = runs.iter().filter(is_run).collect();
    let is_last =
        |run: &Run| !runs.iter().any(|it| it.id > run.id && it.migration == run.migration);
    let is_open =
        |run: &Run| !run.is_done() && run.outcome.as_deref() != Some(Outcome::MarkedUndone.word());
    let is_incomplete = |run: &&Run| run.statements_done.is_some() && is_last(run) && is_open(run);
    runs.iter().copied().filter(is_incomplete).collect()
}

#[cfg(test)]
mod tests {
    use sea_orm::prelude::DateTimeWithTimeZone;

    use super::*;

    /// `runs` as `migration outcome statements_done`, one a line, `-` for none.
    fn check(runs: &str, expected: &[&str]) {
        let runs: Vec<Run> = std::iter::zip(1.., runs.lines()).map(run).collect();
        let found = incomplete(&runs);
        let found: Vec<String> =
            found.iter().map(|run| format!("{} {}", run.id, run.migration)).collect();
        assert_eq!(found, expected, "{runs:?}");
    }

    fn run((id, line): (i64, &str)) -> Run {
        let mut words = line.split_whitespace();
        let mut word = || words.next().filter(|word| *word != "-").map(str::to_owned);
        Run {
            id,
            migration: word().expect("a migration"),
            direction: "up".to_owned(),
            kind: "sql".to_owned(),
            checksum: None,
            started_at: DateTimeWithTimeZone::default(),
            finished_at: None,
            duration_ms: None,
            outcome: word().map(|word| word.replace('_', " ")),
            error: None,
            statements_done: word().map(|word| word.parse().expect("a number")),
            actor: "ana".to_owned(),
            host: "den".to_owned(),
            tool_version: "0".to_owned(),
        }
    }

    #[test]
    fn what_began_outside_a_transaction_and_did_not_end_well_is_incomplete() {
        check("", &[]);
        check("m1 done -\nm2 failed -\nm2 retried -", &[]);
        check("m1 - 0", &["1 m1"]);
        check("m1 failed 2", &["1 m1"]);
        check("m1 done 2", &[]);
    }

    #[test]
    fn what_was_looked_after_since_is_not() {
        check("m1 - 1\nm1 done 3", &[]);
        check("m1 failed 1\nm1 marked_done -", &[]);
        check("m1 failed 1\nm1 marked_undone -", &[]);
        check("m1 - 1\nm1 failed 2", &["2 m1"]);
        check("m1 done 3\nm1 marked_undone -\nm1 - 0", &["3 m1"]);
    }

    #[test]
    fn a_statement_that_was_tried_again_is_no_run() {
        check("m1 - 1\nm1 retried -", &["1 m1"]);
        check("m1 failed 1\nm1 retried -\nm2 done -", &["1 m1"]);
        check("m1 done 3\nm1 retried -", &[]);
    }

    #[test]
    fn one_migration_says_nothing_of_another() {
        check("m1 - 1\nm2 done 3\nm3 - 0", &["1 m1", "3 m3"]);
    }
}
