//! `migrate`: applies what is pending.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;
use schema_engine::{
    apply::{Done, Progress},
    backend, edited, journal,
    migrate::{self, Event, MigrateOptions, Report},
    plan::{Direction, Goal},
};
use serde::Serialize;

use super::{
    script::{self, Request},
    side_by_side::{self, Access, Job, Others},
};
use crate::{
    cli::Migrate,
    context::{self, Context},
    exit,
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
    if args.script.sql {
        let request = Request {
            command: "migrate",
            databases: args.databases,
            direction: Direction::Up,
            goal: goal(args.to, args.num, Goal::End),
            allow_out_of_order: args.allow_out_of_order,
            script: args.script,
            patience: context::patience(args.manners),
        };
        return script::run(&request, args.place).await;
    }
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    context::takes_one_database("--to", args.to.is_some(), &run)?;
    context::takes_one_database("--num", args.num.is_some(), &run)?;
    let options = MigrateOptions {
        goal: goal(args.to, args.num, Goal::End),
        dry_run: args.dry_run,
        allow_out_of_order: args.allow_out_of_order,
        allow_hazards: args.allow_hazard,
        patience: context::patience(args.manners),
    };
    let work = async |job: &mut Job<'_>| migrate_one(job, &options).await;
    let access = Access::Write(Others::of(args.manners, args.dry_run));
    side_by_side::run("migrate", &context, &run, access, work, |_| exit::DONE).await
}

pub(super) fn goal(to: Option<String>, num: Option<usize>, otherwise: Goal) -> Goal {
    to.map(Goal::Target).or_else(|| num.map(Goal::Steps)).unwrap_or(otherwise)
}

/// Migrates one database and says so.
pub(super) async fn migrate_one(job: &Job<'_>, options: &MigrateOptions) -> Result<Migrated> {
    let start = Instant::now();
    say_what_was_edited(job).await?;
    let tell = teller(job);
    let report = migrate::migrate(&job.opened, options, &context::operator(), tell).await?;
    Ok(summarize(&job.lines, report, start, Direction::Up))
}

/// An edit is no reason to stop: what is pending does not depend on it.
async fn say_what_was_edited(job: &Job<'_>) -> Result<()> {
    let opened = &job.opened;
    let runs = journal::runs(opened.session.connection(), &opened.state).await?;
    let edited = edited::edited(opened.schema, &opened.state.applied(), &runs);
    if !edited.is_empty() {
        job.lines.say(&format!("edited after they ran: {}", edited.join(", ")));
    }
    Ok(())
}

/// Prints each event as it happens, names as wide as the widest of the lineage.
pub(super) fn teller<'a>(job: &'a Job<'_>) -> impl FnMut(Event<'_>) + 'a {
    let width = job.opened.schema.names().iter().map(|name| name.len()).max().unwrap_or_default();
    move |event| match event {
        Event::Planned(steps) => job.lines.expect(steps),
        Event::Completed(change) => job.lines.say(change),
        Event::Hazard(ahead) => {
            let (hazard, size) = (ahead.finding.hazard, ahead.size);
            let size = size.map(|size| format!(", {size}")).unwrap_or_default();
            let (object, why) = (&ahead.finding.object, hazard.why());
            job.lines.say(&format!("hazard {hazard} of {object}{size}: {why}"));
        }
        Event::Step(progress) => say_progress(&job.lines, &progress, width),
    }
}

/// Prints what comes of a step.
pub(super) fn say_progress(lines: &Lines, progress: &Progress<'_>, width: usize) {
    match progress {
        Progress::Step(done) => {
            let time = output::duration(done.duration());
            let line = format!("{} {:width$}  {time:>7}", past(done.direction), done.migration);
            lines.say(&line);
            lines.advance();
        }
        Progress::Retry { migration, error, blockers, pause } => {
            let blockers = backend::list(blockers);
            let pause = output::duration(*pause);
            lines.say(&format!(
                "{migration} was in the way of others and was taken back ({error}); in its way \
                 was {blockers}; again in {pause}"
            ));
        }
        Progress::Waiting { migration, blockers } => {
            lines.say(&format!("{migration} waits for {}", backend::list(blockers)));
        }
    }
}

/// Prints the last line of a database: what was done and where it is now.
pub(super) fn summarize(
    lines: &Lines,
    report: Report,
    start: Instant,
    direction: Direction,
) -> Migrated {
    let Report { done, planned, at } = report;
    for name in &planned {
        lines.say(&format!("would {} {name}", infinitive(direction)));
    }
    let place = at.as_deref().unwrap_or("base");
    let what = match (done.len(), planned.len()) {
        (0, 0) => format!("nothing to do, at {place}"),
        (0, planned) => {
            format!("dry run: {planned} to {}, still at {place}", infinitive(direction))
        }
        (steps, _) => format!("{steps} {}, now at {place}", past(direction)),
    };
    lines.say(&format!("{what} ({})", output::duration(start.elapsed())));
    Migrated { at, steps: done, planned }
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
