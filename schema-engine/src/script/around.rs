//! What stands around the steps of a script: what it is, the tool's tables, the end. Pure.

use super::{Wanted, guard};
use crate::{
    plan::Direction,
    record::{Recorded, Recording, quoted},
    sql,
    state::{HISTORY_TABLE, JOURNAL_TABLE, record_of},
};

/// A script that does nothing.
pub(super) fn nothing(wanted: &Wanted<'_>) -> String {
    let place = last(wanted.applied);
    format!("-- {} of {}: nothing to do, at {place}\n", command(wanted), wanted.database.name)
}

/// What the script is, and the guard.
pub(super) fn opening(wanted: &Wanted<'_>) -> String {
    let Wanted { database, applied, plan, tool_version, .. } = wanted;
    let steps = plan.steps.len();
    let plural = if steps == 1 { "" } else { "s" };
    format!(
        "\
-- {command} of {name}: {steps} migration{plural}, from {from}.
-- Made by migration-runner {tool_version} for psql; elsewhere, leave the next line out. Each migration
-- commits by itself: what is done when one fails stays done, and the rest wants a new script.
\\set ON_ERROR_STOP on

{guard}
SET reynard.role = '{role}';

",
        command = command(wanted),
        name = database.name,
        from = last(applied),
        guard = guard::opening(wanted),
        role = if database.is_production() { "production" } else { "twin" },
    )
}

/// Gives the lock back; the session may go on.
pub(super) fn ending() -> String {
    block("unlock", &format!("BEGIN\n    PERFORM {};\nEND", guard::unlock()))
}

/// Creates the tool's tables where they are missing, as the tool does.
pub(super) fn install(wanted: &Wanted<'_>, recording: &Recording) -> String {
    let record = quoted(&record_of(wanted.schema.name));
    let statements = inside(recording).map(|statement| match created_table(statement) {
        Some(table) => format!(
            "    IF to_regclass({}) IS NULL THEN\n    {statement};\n    END IF;\n",
            quoted(&table)
        ),
        None => format!("    {statement};\n"),
    });
    let statements = statements.collect::<Vec<_>>().concat();
    let body = format!(
        "\
BEGIN
{held}    IF to_regclass('{HISTORY_TABLE}') IS NOT NULL
        AND obj_description(to_regclass('{JOURNAL_TABLE}'), 'pg_class') = {record}
    THEN
        RETURN;
    END IF;
{statements}END",
        held = guard::held()
    );
    format!("-- The tool's own tables, where they are missing.\n{}\n", block("install", &body))
}

/// Creates the tables of another program where there are none.
pub(super) fn managed(tables: &[&str], recording: &Recording) -> String {
    let are_missing = tables.iter().map(|table| format!("to_regclass({}) IS NULL", quoted(table)));
    let execute =
        inside(recording).map(|statement| format!("        EXECUTE {};\n", quoted(statement)));
    let body = format!(
        "BEGIN\n{}    IF {} THEN\n{}    END IF;\nEND",
        guard::held(),
        are_missing.collect::<Vec<_>>().join(" AND "),
        execute.collect::<Vec<_>>().concat(),
    );
    format!(
        "-- Tables of another program, where there are none; one that is there must be complete.\n{}\n",
        block("managed", &body)
    )
}

/// A `DO` statement, its body in a dollar quote that the body does not hold.
pub(super) fn block(tag: &str, body: &str) -> String {
    let tags = std::iter::once(tag.to_owned()).chain((1..).map(|number| format!("{tag}{number}")));
    let mut quotes = tags.map(|tag| format!("${tag}$")).filter(|quote| !body.contains(quote));
    let quote = quotes.next().unwrap_or_default();
    format!("DO {quote}\n{body}\n{quote};\n")
}

fn command(wanted: &Wanted<'_>) -> &'static str {
    match wanted.plan.direction {
        Direction::Up => "migrate",
        Direction::Down => "rollback",
    }
}

/// Where a database with these migrations is; `applied` is in no order.
pub(super) fn last(applied: &[String]) -> &str {
    applied.iter().max().map_or("base", String::as_str)
}

/// What was recorded without the transaction around it.
fn inside(recording: &Recording) -> impl Iterator<Item = &str> {
    let is_inside = |statement: &&Recorded| !["BEGIN", "COMMIT"].contains(&statement.sql.as_str());
    recording.writes().filter(is_inside).map(|statement| statement.sql.as_str())
}

/// The table that a statement creates, as the catalog has it.
fn created_table(statement: &str) -> Option<String> {
    let statements = sql::statements(statement).ok()?;
    let [statement] = &statements[..] else { return None };
    statement.table_name()
}
