//! `rollback`: reverts what was applied.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;
use schema_engine::{
    migrate::{self, RollbackOptions},
    plan::{Direction, Goal},
};

use super::{
    migrate::{Migrated, goal, step_reporter, summarize},
    side_by_side::{self, Access, Job},
};
use crate::{
    cli::Rollback,
    context::{self, Context, UsageError},
};

pub(super) async fn run(args: Rollback) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    context::takes_one_database("--to", args.to.is_some(), &run)?;
    context::takes_one_database("--num", args.num.is_some(), &run)?;
    let at_risk = |found: &&(_, _)| {
        let (located, _): &(schema_engine::location::Located, _) = found;
        located.is_server() && located.database.is_production()
    };
    if !args.dry_run && run.len() > 1 && run.iter().any(|found| at_risk(&found)) {
        return Err(UsageError::OneProduction { databases: context::names(&run) }.into());
    }
    let options = RollbackOptions {
        goal: goal(args.to, args.num, Goal::Steps(1)),
        dry_run: args.dry_run,
        yes_destroy: args.yes_destroy,
    };
    let work = async |job: &Job<'_>| rollback_one(job, &options).await;
    side_by_side::run("rollback", &context, &run, Access::Write, work, |_| false).await
}

async fn rollback_one(job: &Job<'_>, options: &RollbackOptions) -> Result<Migrated> {
    let Job { opened, lines } = job;
    let start = Instant::now();
    let report = step_reporter(lines, opened.schema.names().iter().map(|name| name.len()).max());
    let report = migrate::rollback(opened, options, &context::operator(), report).await?;
    let reverted = |name: &&String| report.done.iter().any(|done| done.migration == **name);
    let applied = opened.state.applied();
    let at = opened
        .schema
        .migrations
        .iter()
        .rev()
        .map(|migration| &migration.name)
        .find(|name| applied.contains(name) && !reverted(name))
        .cloned();
    summarize(lines, &report, at.as_deref(), start, Direction::Down);
    Ok(Migrated { at, steps: report.done, planned: report.planned })
}
