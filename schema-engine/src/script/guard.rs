//! What keeps a script from running where it must not. Pure.
//!
//! The lock is held only where the guard has let the script in, and every part of the script looks
//! whether it is: so nothing happens even where whoever runs the script goes on after an error.

use super::{Wanted, around::block};
use crate::{
    journal::Outcome,
    lock::{CLASS, RUNNER, WORKER},
    record::quoted,
    state::{ALEMBIC_TABLE, HISTORY_TABLE, JOURNAL_TABLE, record_of},
};

/// Gives back what [`lock`] took.
pub(super) fn unlock() -> String {
    format!("pg_advisory_unlock({CLASS}, {WORKER}), pg_advisory_unlock({CLASS}, {RUNNER})")
}

/// Fails unless this session has been let in.
pub(super) fn held() -> String {
    format!(
        "    IF NOT EXISTS (
        SELECT FROM pg_locks
         WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
           AND classid = {CLASS} AND objid = {RUNNER} AND objsubid = 2)
    THEN
        RAISE EXCEPTION 'the guard has not let this script in';
    END IF;
"
    )
}

/// Takes the locks of a runner and of the session that works. Asked for once: a session that waits
/// for a lock keeps `CREATE INDEX CONCURRENTLY` from ending.
fn lock() -> String {
    format!(
        "    IF NOT pg_try_advisory_lock({CLASS}, {RUNNER}) THEN
        RAISE EXCEPTION 'another runner works on this database';
    END IF;
    IF NOT pg_try_advisory_lock({CLASS}, {WORKER}) THEN
        PERFORM pg_advisory_unlock({CLASS}, {RUNNER});
        RAISE EXCEPTION 'a statement of a runner that is gone still runs on this database';
    END IF;
"
    )
}

/// Takes the locks and lets the script in where the database is the one that it was made for.
pub(super) fn opening(wanted: &Wanted<'_>) -> String {
    let ours = quoted(&record_of(wanted.schema.name));
    let any = quoted(&format!("{}%", record_of("")));
    let past = if wanted.applied.is_empty() { past(wanted) } else { String::new() };
    let body = format!(
        "\
DECLARE
    record CONSTANT text := obj_description(to_regclass('{JOURNAL_TABLE}'), 'pg_class');
    expected CONSTANT text[] := {expected};
    present text[] := '{{}}';
BEGIN
{lock}    BEGIN
        IF record LIKE {any} AND record <> {ours} THEN
            RAISE EXCEPTION 'the database holds another schema: %', record;
        END IF;
        IF to_regclass('{HISTORY_TABLE}') IS NOT NULL THEN
            present := {present};
        END IF;
        IF present <> expected THEN
            RAISE EXCEPTION 'this script goes on from %, and the database is at %',
                coalesce(expected[cardinality(expected)], 'base'),
                coalesce(present[cardinality(present)], 'base')
            USING DETAIL = format('expected %s, found %s', expected, present),
                HINT = 'Make a new script from what the database has.';
        END IF;
{past}{incomplete}    EXCEPTION WHEN OTHERS THEN
        PERFORM {unlock};
        RAISE;
    END;
END",
        lock = lock(),
        incomplete = incomplete(),
        expected = names(wanted.applied),
        present = present(),
        unlock = unlock(),
    );
    block("guard", &body)
}

/// Fails unless the step before this one is done.
pub(super) fn step(applied: &[String]) -> String {
    let body = format!(
        "\
BEGIN
{}    IF {} <> {} THEN
        RAISE EXCEPTION 'the step before this one is not done';
    END IF;
END",
        held(),
        present(),
        names(applied)
    );
    block("guard", &body)
}

/// Refuses a past that the tool has not taken over, as the tool does.
fn past(wanted: &Wanted<'_>) -> String {
    let schema = wanted.schema;
    let managed = schema.managed.map(|managed| managed.tables).unwrap_or_default();
    let tables = schema.tables.iter().filter(|table| !managed.contains(table));
    format!(
        "        IF record IS DISTINCT FROM {ours} THEN
            present := ARRAY(SELECT name FROM unnest(ARRAY[{tables}]) AS name
                              WHERE to_regclass(name) IS NOT NULL);
            IF to_regclass('{ALEMBIC_TABLE}') IS NOT NULL THEN
                present := present || ARRAY(SELECT 'alembic ' || version_num FROM {ALEMBIC_TABLE});
            END IF;
            IF present <> '{{}}' THEN
                RAISE EXCEPTION 'the database was not made by this tool: it has %', present
                USING HINT = 'The command adopt takes it over.';
            END IF;
        END IF;
",
        ours = quoted(&record_of(schema.name)),
        tables = tables.map(|table| quoted(table)).collect::<Vec<_>>().join(", "),
    )
}

/// Refuses what a run outside a transaction has left half done, as the tool does.
fn incomplete() -> String {
    let ended = [Outcome::Done, Outcome::MarkedDone, Outcome::MarkedUndone];
    let ended = ended.map(|outcome| quoted(outcome.word())).join(", ");
    format!(
        "        IF to_regclass('{JOURNAL_TABLE}') IS NOT NULL THEN
            present := ARRAY(
                SELECT migration FROM (
                    SELECT DISTINCT ON (migration) migration, statements_done, outcome
                      FROM {JOURNAL_TABLE} ORDER BY migration, id DESC) AS last
                 WHERE statements_done IS NOT NULL AND coalesce(outcome, '') NOT IN ({ended}));
            IF present <> '{{}}' THEN
                RAISE EXCEPTION 'half done: %', present
                USING HINT = 'The command repair shows what stands and finishes it.';
            END IF;
        END IF;
"
    )
}

fn present() -> String {
    format!("ARRAY(SELECT version::text FROM {HISTORY_TABLE} ORDER BY version COLLATE \"C\")")
}

fn names(applied: &[String]) -> String {
    let mut names: Vec<&String> = applied.iter().collect();
    names.sort_unstable();
    let names: Vec<String> = names.into_iter().map(|name| quoted(name)).collect();
    format!("ARRAY[{}]::text[]", names.join(", "))
}
