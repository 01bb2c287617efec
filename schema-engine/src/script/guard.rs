//! What keeps a script from running where it must not. Pure.
//!
//! The lock is held only where the guard has let the script in, and every part of the script looks
//! whether it is: so nothing happens even where whoever runs the script goes on after an error.

use super::{Wanted, around::block};
use crate::{
    record::quoted,
    state::{ALEMBIC_TABLE, HISTORY_TABLE, JOURNAL_TABLE, record_of},
};

/// Gives back the locks of a runner and of the session that works: the numbers that runners take.
pub(super) const UNLOCK: &str =
    "pg_advisory_unlock(1381584452, 1), pg_advisory_unlock(1381584452, 2)";

/// Fails unless this session has been let in.
pub(super) const HELD: &str = "    IF NOT EXISTS (
        SELECT FROM pg_locks
         WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
           AND classid = 1381584452 AND objid = 1 AND objsubid = 2)
    THEN
        RAISE EXCEPTION 'the guard has not let this script in';
    END IF;
";

/// Polled once: a session that waits for a lock keeps `CREATE INDEX CONCURRENTLY` from ending.
const LOCK: &str = "    IF NOT pg_try_advisory_lock(1381584452, 1) THEN
        RAISE EXCEPTION 'another runner works on this database';
    END IF;
    IF NOT pg_try_advisory_lock(1381584452, 2) THEN
        PERFORM pg_advisory_unlock(1381584452, 1);
        RAISE EXCEPTION 'a statement of a runner that is gone still runs on this database';
    END IF;
";

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
{LOCK}    BEGIN
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
{past}    EXCEPTION WHEN OTHERS THEN
        PERFORM {UNLOCK};
        RAISE;
    END;
END",
        expected = names(wanted.applied),
        present = present(),
    );
    block("guard", &body)
}

/// Fails unless the step before this one is done.
pub(super) fn step(applied: &[String]) -> String {
    let body = format!(
        "\
BEGIN
{HELD}    IF {} <> {} THEN
        RAISE EXCEPTION 'the step before this one is not done';
    END IF;
END",
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

fn present() -> String {
    format!("ARRAY(SELECT version::text FROM {HISTORY_TABLE} ORDER BY version COLLATE \"C\")")
}

fn names(applied: &[String]) -> String {
    let mut names: Vec<&String> = applied.iter().collect();
    names.sort_unstable();
    let names: Vec<String> = names.into_iter().map(|name| quoted(name)).collect();
    format!("ARRAY[{}]::text[]", names.join(", "))
}
