//! One step of a script: the statements of a migration, its row in the history and its row in the
//! journal. Pure.

use std::fmt::Write as _;

use super::{ScriptError, Wanted, guard};
use crate::{
    apply::limits::{Limits, RESET},
    plan::Direction,
    record::{Recorded, Recording, quoted},
    schema::Migration,
    sql,
};

/// The journal's columns that a step knows before it runs.
const KNOWN: &str = "migration, direction, kind, checksum, actor, host, tool_version";

pub(super) fn text(
    wanted: &Wanted<'_>,
    migration: &Migration,
    recording: &Recording,
    applied: &[String],
) -> Result<String, ScriptError> {
    let direction = wanted.plan.direction;
    let limits = Limits::of(wanted.patience, migration, direction)
        .map_err(|source| ScriptError::Header { migration: migration.name.clone(), source })?;
    let step = Step { wanted, migration, limits };
    let mut text = notes(migration, recording, direction);
    if migration.runs_in_transaction() {
        step.in_transaction(&mut text, recording, applied);
    } else {
        step.outside_transaction(&mut text, recording, applied);
    }
    text.push('\n');
    Ok(text)
}

/// What the reader must know of a migration whose statements need not be the same everywhere.
fn notes(migration: &Migration, recording: &Recording, direction: Direction) -> String {
    let mut notes = String::new();
    if let Some(files) = migration.reads_files.filter(|_| direction == Direction::Up) {
        let _ = writeln!(notes, "-- Depends on files: it reads {files}.");
        notes.push_str("-- This script does without them; `migrate` reads them.\n");
    }
    if recording.reads() {
        notes.push_str(
            "-- Depends on what it reads in the database: where it finds other rows than in ",
        );
        notes.push_str("an empty\n-- one, it may issue other statements.\n");
    }
    notes
}

struct Step<'a> {
    wanted: &'a Wanted<'a>,
    migration: &'a Migration,
    limits: Limits,
}

impl Step<'_> {
    fn in_transaction(&self, text: &mut String, recording: &Recording, applied: &[String]) {
        let limits = self.limits.for_transaction();
        let _ = writeln!(text, "BEGIN;\n{}{limits};\n", guard::step(applied));
        for statement in recording.writes() {
            let _ = writeln!(text, "{};\n", statement.sql);
        }
        let _ = writeln!(
            text,
            "{}INSERT INTO migration_journal ({KNOWN},\n    \
                 started_at, finished_at, duration, outcome)\n\
             SELECT {},\n       began, ended, ended - began, 'done'\n  \
               FROM (SELECT now() AS began, clock_timestamp() AS ended) AS times;\nCOMMIT;",
            self.history(),
            self.known()
        );
    }

    fn outside_transaction(&self, text: &mut String, recording: &Recording, applied: &[String]) {
        let _ = writeln!(
            text,
            "{}INSERT INTO migration_journal ({KNOWN},\n    started_at, statements_done)\n\
             SELECT {},\n       clock_timestamp(), 0;\n",
            guard::step(applied),
            self.known()
        );
        let row = format!(
            "WHERE id = (SELECT max(id) FROM migration_journal WHERE migration = {})",
            quoted(&self.migration.name)
        );
        // All of them: the journal counts what a runner sends.
        for (index, statement) in recording.statements.iter().enumerate() {
            let _ =
                writeln!(text, "{};\n{};", self.limits_of(statement).for_session(), statement.sql);
            // Nobody can go on between the statements of a Rust migration.
            if self.migration.sql.is_some() {
                let done = index + 1;
                let _ =
                    writeln!(text, "UPDATE migration_journal SET statements_done = {done} {row};");
            }
            text.push('\n');
        }
        let _ = writeln!(
            text,
            "{RESET};\nBEGIN;\n{}UPDATE migration_journal\n   \
                SET finished_at = ended, duration = ended - started_at, outcome = 'done'\n  \
               FROM (SELECT clock_timestamp() AS ended) AS times\n {row};\nCOMMIT;",
            self.history()
        );
    }

    /// A statement that works beside others holds up nobody while it waits.
    fn limits_of(&self, statement: &Recorded) -> Limits {
        let statements = sql::statements(&statement.sql).unwrap_or_default();
        let is_concurrently = statements.iter().any(sql::Statement::is_concurrently);
        if is_concurrently { self.limits.waiting_for_ever() } else { self.limits }
    }

    /// The values of [`KNOWN`].
    fn known(&self) -> String {
        format!(
            "{}, '{}', '{}',\n       {},\n       \
             session_user, coalesce(host(inet_client_addr()), 'local'), {}",
            quoted(&self.migration.name),
            self.wanted.plan.direction.word(),
            self.migration.kind,
            self.migration.checksum.map_or_else(|| "NULL".to_owned(), quoted),
            quoted(self.wanted.tool_version),
        )
    }

    fn history(&self) -> String {
        let name = quoted(&self.migration.name);
        match self.wanted.plan.direction {
            Direction::Up => format!(
                "INSERT INTO seaql_migrations (version, applied_at)\n\
                 VALUES ({name}, extract(epoch FROM clock_timestamp())::bigint);\n"
            ),
            Direction::Down => format!("DELETE FROM seaql_migrations WHERE version = {name};\n"),
        }
    }
}
