//! One step of a script: the statements of a migration, its row in the history and its row in the
//! journal. Pure.

use std::{fmt::Write as _, time::Duration};

use super::{ScriptError, Wanted, guard};
use crate::{
    plan::Direction,
    record::{Recording, quoted},
    schema::Migration,
    sql::{self, Header},
};

/// How long a statement may wait for a lock and hold up those behind it, where neither the
/// migration nor the user says.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// The journal's columns that a step knows before it runs.
const KNOWN: &str = "migration, direction, kind, checksum, actor, host, tool_version";

pub(super) fn text(
    wanted: &Wanted<'_>,
    migration: &Migration,
    recording: &Recording,
    applied: &[String],
) -> Result<String, ScriptError> {
    let direction = wanted.plan.direction;
    let header = header(migration, direction)?;
    let mut text = notes(migration, recording, direction);
    if migration.body.use_transaction().unwrap_or(true) {
        in_transaction(&mut text, wanted, migration, recording, applied, &header);
    } else {
        outside_transaction(&mut text, wanted, migration, recording, applied, &header);
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

fn in_transaction(
    text: &mut String,
    wanted: &Wanted<'_>,
    migration: &Migration,
    recording: &Recording,
    applied: &[String],
    header: &Header,
) {
    let _ = writeln!(text, "BEGIN;\n{}", guard::step(applied));
    text.push_str(&timeouts("SET LOCAL", header, Some(LOCK_TIMEOUT)));
    for statement in recording.writes() {
        let _ = writeln!(text, "{};\n", statement.sql);
    }
    text.push_str(&history(migration, wanted.plan.direction));
    let _ = writeln!(
        text,
        "INSERT INTO migration_journal ({KNOWN},\n    \
             started_at, finished_at, duration, outcome)\n\
         SELECT {},\n       began, ended, ended - began, 'done'\n  \
           FROM (SELECT now() AS began, clock_timestamp() AS ended) AS times;\nCOMMIT;",
        known(wanted, migration)
    );
}

fn outside_transaction(
    text: &mut String,
    wanted: &Wanted<'_>,
    migration: &Migration,
    recording: &Recording,
    applied: &[String],
    header: &Header,
) {
    let row = format!(
        "WHERE id = (SELECT max(id) FROM migration_journal WHERE migration = {})",
        quoted(&migration.name)
    );
    let _ = writeln!(text, "{}", guard::step(applied));
    let _ = writeln!(
        text,
        "INSERT INTO migration_journal ({KNOWN},\n    started_at, statements_done)\n\
         SELECT {},\n       clock_timestamp(), 0;\n",
        known(wanted, migration)
    );
    text.push_str(&timeouts("SET", header, None));
    // All of them: the journal counts what a runner sends.
    for (index, statement) in recording.statements.iter().enumerate() {
        let done = index + 1;
        let _ = writeln!(text, "{};", statement.sql);
        let _ = writeln!(text, "UPDATE migration_journal SET statements_done = {done} {row};\n");
    }
    text.push_str("RESET lock_timeout;\nRESET statement_timeout;\n");
    let _ = writeln!(
        text,
        "BEGIN;\n{}UPDATE migration_journal\n   \
            SET finished_at = ended, duration = ended - started_at, outcome = 'done'\n  \
           FROM (SELECT clock_timestamp() AS ended) AS times\n {row};\nCOMMIT;",
        history(migration, wanted.plan.direction)
    );
}

/// The values of [`KNOWN`].
fn known(wanted: &Wanted<'_>, migration: &Migration) -> String {
    format!(
        "{}, '{}', '{}', {}, session_user, coalesce(host(inet_client_addr()), 'local'), {}",
        quoted(&migration.name),
        wanted.plan.direction.word(),
        migration.kind,
        migration.checksum.map_or_else(|| "NULL".to_owned(), quoted),
        quoted(wanted.tool_version),
    )
}

fn history(migration: &Migration, direction: Direction) -> String {
    let name = quoted(&migration.name);
    match direction {
        Direction::Up => format!(
            "INSERT INTO seaql_migrations (version, applied_at)\n\
             VALUES ({name}, extract(epoch FROM clock_timestamp())::bigint);\n"
        ),
        Direction::Down => format!("DELETE FROM seaql_migrations WHERE version = {name};\n"),
    }
}

/// The timeouts of a migration: what its header says, or the defaults.
fn timeouts(set: &str, header: &Header, lock_timeout: Option<Duration>) -> String {
    let setting = |name: &str, time: Option<Duration>| {
        let line = time.map(|time| match time.as_millis() {
            seconds if seconds % 1_000 == 0 => format!("{set} {name} = '{}s';\n", seconds / 1_000),
            milliseconds => format!("{set} {name} = '{milliseconds}ms';\n"),
        });
        line.unwrap_or_default()
    };
    let lock_timeout = setting("lock_timeout", header.lock_timeout.or(lock_timeout));
    lock_timeout + &setting("statement_timeout", header.statement_timeout) + "\n"
}

fn header(migration: &Migration, direction: Direction) -> Result<Header, ScriptError> {
    let Some(files) = &migration.sql else { return Ok(Header::default()) };
    let text = match direction {
        Direction::Up => files.up,
        Direction::Down => files.down,
    };
    sql::header(text)
        .map_err(|source| ScriptError::Header { migration: migration.name.clone(), source })
}
