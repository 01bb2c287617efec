//! `history`: the lineage, or with `--journal` every run.

use std::{process::ExitCode, time::Duration};

use anyhow::Result;
use schema_engine::{
    history::{self, Line},
    journal::{self, Outcome, Run},
};
use serde::Serialize;

use super::side_by_side::{self, Access, Job};
use crate::{cli::History, context::Context, exit, output};

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Listing {
    Lineage(Vec<Line>),
    Journal(Vec<Run>),
}

pub(super) async fn run(args: History) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    let work = async |job: &mut Job<'_>| {
        let opened = &job.opened;
        let runs = journal::runs(opened.session.connection(), &opened.state).await?;
        if args.journal {
            for run in &runs {
                job.lines.say(&journal_line(run));
            }
            return Ok(Listing::Journal(runs));
        }
        let lineage = history::history(opened.schema, &opened.state, &runs);
        let width = lineage.iter().map(|line| line.migration.len()).max().unwrap_or_default();
        for line in &lineage {
            job.lines.say(&lineage_line(line, width));
        }
        Ok(Listing::Lineage(lineage))
    };
    side_by_side::run("history", &context, &run, Access::Read, work, |_| exit::DONE).await
}

fn lineage_line(line: &Line, width: usize) -> String {
    let kind = line.kind.map_or_else(|| "unknown".to_owned(), |kind| kind.to_string());
    let revision = line.alembic_revision.unwrap_or("–");
    let how = match (&line.run, line.applied_at) {
        (Some(run), _) if run.outcome.as_deref() == Some(Outcome::Adopted.word()) => {
            format!("adopted {}", by(run))
        }
        (Some(run), _) => format!("applied {}", how(run)),
        (None, Some(_)) => "applied by another tool".to_owned(),
        (None, None) => "pending".to_owned(),
    };
    let edited = if line.edited { ", edited after it ran" } else { "" };
    format!("{:width$}  {kind:4}  {revision:29}  {how}{edited}", line.migration)
}

fn journal_line(run: &Run) -> String {
    let outcome = run.outcome.as_deref().unwrap_or("incomplete");
    let error = run.error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
    format!(
        "{:>3}  {:4}  {outcome:10}  {}  {}{error}",
        run.id,
        run.direction,
        run.migration,
        how(run)
    )
}

fn how(run: &Run) -> String {
    let time = run.duration_ms.unwrap_or_default() / 1000.0;
    let time = output::duration(Duration::try_from_secs_f64(time).unwrap_or_default());
    format!("{} in {time}", by(run))
}

fn by(run: &Run) -> String {
    let when = run.started_at.format("%Y-%m-%d %H:%M:%S %:z");
    format!("{when} by {} on {}", run.actor, run.host)
}
