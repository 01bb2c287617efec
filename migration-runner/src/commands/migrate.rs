//! `migrate`: applies what is pending.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;
use schema_engine::{
    apply::Done,
    migrate::{self, MigrateOptions, Report},
    plan::{Direction, Goal},
};
use serde::Serialize;

use super::side_by_side::{self, Access, Job};
use crate::{
    cli::Migrate,
    context::{self, Context},
    output::{self, Lines},
};

/// What happened to one database.
#[derive(Serialize)]
pub(super) struct Migrated {
    pub(super) at: Option<String>,
    pub(super) steps: Vec<Done>,
    pub(super) planned: Vec<String>,
}

pub(super) async fn run(args: Migrate) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    context::takes_one_database("--to", args.to.is_some(), &run)?;
    context::takes_one_database("--num", args.num.is_some(), &run)?;
    let options = MigrateOptions {
        goal: goal(args.to, args.num, Goal::End),
        dry_run: args.dry_run,
        allow_out_of_order: args.allow_out_of_order,
    };
    let work = async |job: &Job<'_>| migrate_one(job, &options).await;
    side_by_side::run("migrate", &context, &run, Access::Write, work, |_| false).await
}

pub(super) fn goal(to: Option<String>, num: Option<usize>, otherwise: Goal) -> Goal {
    to.map(Goal::Target).or_else(|| num.map(Goal::Steps)).unwrap_or(otherwise)
}

/// Migrates one database and says so.
pub(super) async fn migrate_one(job: &Job<'_>, options: &MigrateOptions) -> Result<Migrated> {
    let Job { opened, lines } = job;
    let start = Instant::now();
    let report = step_reporter(lines, opened.schema.names().iter().map(|name| name.len()).max());
    let report = migrate::migrate(opened, options, &context::operator(), report).await?;
    for change in &report.completed {
        lines.say(&format!("completed {change}"));
    }
    let mut at = opened
        .state
        .applied()
        .iter()
        .filter(|name| opened.schema.find(name).is_some())
        .max()
        .cloned();
    if let Some(last) = report.done.last() {
        at = Some(last.migration.clone());
    }
    summarize(lines, &report, at.as_deref(), start, Direction::Up);
    Ok(Migrated { at, steps: report.done, planned: report.planned })
}

/// Prints each step as it is taken, names as wide as the widest.
pub(super) fn step_reporter(lines: &Lines, width: Option<usize>) -> impl FnMut(&Done) {
    let width = width.unwrap_or_default();
    move |done: &Done| {
        let verb = past(done.direction);
        let time = output::duration(done.duration());
        lines.say(&format!("{verb} {:width$}  {time:>7}", done.migration));
    }
}

/// The last line of a database: what was done and where it is now.
pub(super) fn summarize(
    lines: &Lines,
    report: &Report,
    at: Option<&str>,
    start: Instant,
    direction: Direction,
) {
    for name in &report.planned {
        lines.say(&format!("would {} {name}", infinitive(direction)));
    }
    let place = at.map_or_else(|| "at base".to_owned(), |name| format!("at {name}"));
    let (steps, planned) = (report.done.len(), report.planned.len());
    let what = match (steps, planned) {
        (0, 0) => format!("nothing to do, {place}"),
        (0, planned) => format!("dry run: {planned} to {}, still {place}", infinitive(direction)),
        (steps, _) => format!("{steps} {}, now {place}", past(direction)),
    };
    lines.say(&format!("{what} ({})", output::duration(start.elapsed())));
}

fn past(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "applied",
        Direction::Down => "reverted",
    }
}

fn infinitive(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "apply",
        Direction::Down => "revert",
    }
}
