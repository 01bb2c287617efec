//! `setup`: creates what is missing around the migrations, then migrates.

use std::{iter::once, process::ExitCode};

use anyhow::Result;
use schema_engine::{
    database::{DATABASES, Database},
    migrate::MigrateOptions,
    plan::Goal,
    privileges, setup,
};

use super::{
    migrate,
    side_by_side::{self, Access, Job, Others},
};
use crate::{
    cli::{Format, Setup},
    context::{self, Context},
    output,
};

pub(super) async fn run(args: Setup) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let databases = context::select(&args.databases)?;
    let databases = if args.e2e { with_twins(&databases) } else { databases };
    let run = context.locate_databases(&databases)?;
    for (located, _) in &run {
        // One at a time: CREATE DATABASE locks the template that they are all made from.
        if let Some(made) = setup::create_database(located).await?
            && context.format == Format::Text
        {
            output::print(&format!("{}: {made}", located.database.name));
        }
    }
    let patience = context::patience(args.manners);
    let options =
        MigrateOptions { goal: Goal::End, dry_run: false, allow_out_of_order: false, patience };
    let work = async |job: &mut Job<'_>| {
        for made in setup::create_extensions(&job.opened).await? {
            job.lines.say(&made);
        }
        let migrated = migrate::migrate_one(job, &options).await?;
        if let Some(role) = &args.app_role {
            privileges::grant_application(job.opened.session.connection(), role).await?;
            job.lines.say(&format!("the role `{role}` may use every table and sequence"));
        }
        Ok(migrated)
    };
    let access = Access::Write(Others::of(args.manners, false));
    side_by_side::run("setup", &context, &run, access, work, |_| false).await
}

fn with_twins(databases: &[&'static Database]) -> Vec<&'static Database> {
    let twin = |database: &'static Database| {
        DATABASES.iter().find(move |twin| twin.twin_of == Some(database.name))
    };
    let mut all: Vec<_> =
        databases.iter().flat_map(|database| once(*database).chain(twin(database))).collect();
    all.dedup();
    all
}
