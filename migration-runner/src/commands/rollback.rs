//! `rollback`: reverts what was applied.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;
use schema_engine::{
    location::Located,
    migrate::{self, RollbackOptions},
    plan::{Direction, Goal},
    schema::Schema,
};

use super::{
    migrate::{Migrated, goal, summarize, teller},
    script::{self, Request},
    side_by_side::{self, Access, Job, Others},
};
use crate::{
    cli::Rollback,
    context::{self, Context, UsageError},
    exit,
};

pub(super) async fn run(args: Rollback) -> Result<ExitCode> {
    if args.script.sql {
        let request = Request {
            command: "rollback",
            databases: args.databases,
            direction: Direction::Down,
            goal: goal(args.to, args.num, Goal::Steps(1)),
            allow_out_of_order: false,
            script: args.script,
            patience: context::patience(args.manners),
        };
        return script::run(&request, args.place).await;
    }
    let context = Context::new(args.place)?;
    let run = context.locate_named("rollback", &args.databases)?;
    context::takes_one_database("--to", args.to.is_some(), &run)?;
    context::takes_one_database("--num", args.num.is_some(), &run)?;
    refuse_several_of_production(&run, args.dry_run)?;
    let options = RollbackOptions {
        command: "rollback",
        goal: goal(args.to, args.num, Goal::Steps(1)),
        dry_run: args.dry_run,
        yes_destroy: args.yes_destroy,
        patience: context::patience(args.manners),
    };
    let work = async |job: &mut Job<'_>| revert(job, &options).await;
    let access = Access::Write(Others::of(args.manners, args.dry_run));
    side_by_side::run("rollback", &context, &run, access, work, |_| exit::DONE).await
}

/// Reverts on one database and says so.
pub(super) async fn revert(job: &Job<'_>, options: &RollbackOptions) -> Result<Migrated> {
    let start = Instant::now();
    let operator = context::operator();
    let report = migrate::rollback(&job.opened, options, &operator, teller(job)).await?;
    Ok(summarize(&job.lines, report, start, Direction::Down))
}

/// What loses data of production takes one database a run.
pub(super) fn refuse_several_of_production(
    run: &[(Located, &Schema)],
    dry_run: bool,
) -> Result<(), UsageError> {
    let is_at_risk = |located: &Located| located.is_server() && located.database.is_production();
    if !dry_run && run.len() > 1 && run.iter().any(|(located, _)| is_at_risk(located)) {
        return Err(UsageError::OneProduction { databases: context::names(run) });
    }
    Ok(())
}
