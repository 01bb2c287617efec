//! `fresh`, `refresh` and `reset`, as in sea-orm-cli: begin again, or leave nothing applied.

use std::process::ExitCode;

use anyhow::Result;
use schema_engine::{
    fresh,
    migrate::{self, MigrateOptions, RollbackOptions},
    plan::Goal,
};

use super::{
    migrate::{Migrated, migrate_one},
    rollback,
    side_by_side::{self, Access, Job, Others},
};
use crate::{
    cli::{Destructive, Manners},
    context::{self, Context},
    exit,
};

fn to_head(manners: Manners) -> MigrateOptions {
    let patience = context::patience(manners);
    MigrateOptions {
        goal: Goal::End,
        dry_run: false,
        allow_out_of_order: false,
        allow_hazards: Vec::new(),
        patience,
    }
}

/// `fresh`: drops everything and migrates.
pub(super) async fn fresh(args: Destructive) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate_named("fresh", &args.databases)?;
    rollback::refuse_several_of_production(&run, args.dry_run)?;
    let work = async |job: &mut Job<'_>| {
        if args.dry_run {
            return plan_fresh(job).await;
        }
        migrate::empty(&job.opened, args.yes_destroy.as_deref()).await?;
        job.lines.say("emptied");
        job.opened.refresh().await?;
        migrate_one(job, &to_head(args.manners)).await
    };
    let access = Access::Empty(Others::of(args.manners, args.dry_run));
    side_by_side::run("fresh", &context, &run, access, work, |_| exit::DONE).await
}

/// Says what `fresh` would run, and what it would apply afterwards.
async fn plan_fresh(job: &Job<'_>) -> Result<Migrated> {
    let opened = &job.opened;
    let mut planned = fresh::statements(opened.session.connection()).await?;
    for sql in &planned {
        job.lines.say(&format!("would run {sql}"));
    }
    for name in opened.schema.names() {
        job.lines.say(&format!("would apply {name}"));
        planned.push(name.to_owned());
    }
    let applied = opened.state.applied();
    let at =
        opened.schema.names().into_iter().rev().find(|name| applied.iter().any(|at| at == name));
    Ok(Migrated { at: at.map(str::to_owned), steps: Vec::new(), planned })
}

/// `refresh`: reverts everything and migrates.
pub(super) async fn refresh(args: Destructive) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate_named("refresh", &args.databases)?;
    rollback::refuse_several_of_production(&run, args.dry_run)?;
    let options = to_base("refresh", args.dry_run, args.yes_destroy, args.manners);
    let work = async |job: &mut Job<'_>| {
        let reverted = rollback::revert(job, &options).await?;
        if options.dry_run {
            return Ok(reverted);
        }
        job.opened.refresh().await?;
        let applied = migrate_one(job, &to_head(args.manners)).await?;
        let steps = [reverted.steps, applied.steps].concat();
        Ok(Migrated { steps, ..applied })
    };
    let access = Access::Write(Others::of(args.manners, args.dry_run));
    side_by_side::run("refresh", &context, &run, access, work, |_| exit::DONE).await
}

/// `reset`: reverts everything.
pub(super) async fn reset(args: Destructive) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate_named("reset", &args.databases)?;
    rollback::refuse_several_of_production(&run, args.dry_run)?;
    let options = to_base("reset", args.dry_run, args.yes_destroy, args.manners);
    let work = async |job: &mut Job<'_>| rollback::revert(job, &options).await;
    let access = Access::Write(Others::of(args.manners, args.dry_run));
    side_by_side::run("reset", &context, &run, access, work, |_| exit::DONE).await
}

fn to_base(
    command: &'static str,
    dry_run: bool,
    yes_destroy: Option<String>,
    manners: Manners,
) -> RollbackOptions {
    let patience = context::patience(manners);
    RollbackOptions { command, goal: Goal::End, dry_run, yes_destroy, patience }
}
