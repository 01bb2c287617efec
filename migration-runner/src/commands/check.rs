//! `check`: the entities of a schema against its migrations; needs no database.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;
use futures_util::future::join_all;
use schema_engine::{
    check::{Comparison, Report},
    desired,
    diff::Rename,
    schema::Schema,
    shadow::Place,
};
use serde::Serialize;

use super::{
    diff::say_sql,
    side_by_side::{Answer, tell},
};
use crate::{
    cli::{Check, Format, InShadow},
    context::{self, UsageError},
    databases, exit,
    output::{self, Board, Lines},
};

/// How the migrations of a schema differ from its entities.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    report: Report,
    /// Options of `create --autogenerate` that may say more truly what differs.
    renames: Vec<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    command: &'a str,
    databases: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    database: &'static str,
    #[serde(flatten)]
    found: Option<&'a Found>,
    error: Option<&'a str>,
    duration_ms: u128,
}

/// How much is printed of what differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// What differs.
    Differences,
    /// The SQL both ways too.
    Sql,
}

pub(super) async fn run(args: Check) -> Result<ExitCode> {
    compare("check", &args.databases, &args.shadow, args.output, Shown::Differences).await
}

/// Compares the entities and migrations of the databases that `names` stand for.
pub(super) async fn compare(
    command: &str,
    names: &[String],
    shadow: &InShadow,
    format: Format,
    shown: Shown,
) -> Result<ExitCode> {
    let place = context::shadow_place(shadow)?;
    let all = databases::schemas();
    let mut run: Vec<(&'static str, &Schema)> = Vec::new();
    for database in context::select(names)? {
        let schema = all.iter().find(|known| known.name == database.schema);
        let schema = schema.ok_or(UsageError::NotCompiled { schema: database.schema })?;
        run.push((database.name, schema));
    }
    let names: Vec<&'static str> = run.iter().map(|(name, _)| *name).collect();
    let mut board = Board::new(&names, format == Format::Json);
    let lines = board.lines();
    let working = join_all(std::iter::zip(&run, lines).map(async |((name, schema), lines)| {
        let start = Instant::now();
        let result = examine(schema, &place).await;
        let result = match result {
            Ok(found) => {
                say(&lines, name, &found, shown);
                Ok(found)
            }
            Err(error) => Err(tell(error, &lines)),
        };
        Answer { result, time: start.elapsed() }
    }));
    let (answers, ()) = tokio::join!(working, board.show());
    if format == Format::Json {
        output::print_json(&document(command, &names, &answers))?;
    }
    let failure = answers.iter().find_map(|answer| answer.result.as_ref().err());
    let differs = answers.iter().flat_map(|answer| &answer.result).any(|it| !it.report.is_empty());
    let quiet = if differs { exit::FOUND } else { exit::DONE };
    Ok(ExitCode::from(failure.map_or(quiet, |failure| failure.status)))
}

async fn examine(schema: &Schema, place: &Place) -> Result<Found> {
    let states = desired::states(schema, place).await?;
    let told = desired::told_renames(&context::root()?, schema, &states, &[]);
    let comparison = Comparison::of(&states, &told);
    let report = Report::of(&comparison.changes(), &comparison.changes_back());
    let renames = comparison.offers().iter().map(Rename::option).collect();
    Ok(Found { report, renames })
}

fn say(lines: &Lines, database: &str, found: &Found, shown: Shown) {
    let Found { report, renames } = found;
    if report.is_empty() {
        lines.say("the migrations make what the entities say");
        return;
    }
    for difference in &report.differences {
        let lost = if difference.loses_data { " (to drop it loses data)" } else { "" };
        lines.say(&format!("{}{lost}", difference.description));
    }
    if shown == Shown::Sql {
        say_sql(lines, "what makes of the migrations what the entities say", &report.sql);
        say_sql(lines, "and back", &report.sql_back);
    }
    for rename in renames {
        lines.say(&format!("perhaps a new name: `--rename {rename}`"));
    }
    lines.say(&format!(
        "`cargo xtask create {database} --autogenerate --message \"…\"` writes the migration"
    ));
}

fn document<'a>(
    command: &'a str,
    names: &[&'static str],
    answers: &'a [Answer<Found>],
) -> Document<'a> {
    let row = |(database, answer): (&&'static str, &'a Answer<Found>)| Row {
        database,
        found: answer.result.as_ref().ok(),
        error: answer.result.as_ref().err().map(|failure| failure.text.as_str()),
        duration_ms: answer.time.as_millis(),
    };
    Document { command, databases: std::iter::zip(names, answers).map(row).collect() }
}
