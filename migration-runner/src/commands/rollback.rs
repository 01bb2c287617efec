//! `rollback`: reverts what was applied.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;
use schema_engine::{
    location::Located,
    migrate::{self, RollbackOptions},
    plan::{Direction, Goal},
};

use super::{
    migrate::{Migrated, goal, summarize, teller},
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
    let is_at_risk = |located: &Located| located.is_server() && located.database.is_production();
    if !args.dry_run && run.len() > 1 && run.iter().any(|(located, _)| is_at_risk(located)) {
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
    let start = Instant::now();
    let tell = teller(job);
    let report = migrate::rollback(&job.opened, options, &context::operator(), tell).await?;
    Ok(summarize(&job.lines, report, start, Direction::Down))
}
