//! `setup`: creates what is missing around the migrations, then migrates.

use std::{iter::once, process::ExitCode};

use anyhow::Result;
use schema_engine::{
    database::{DATABASES, Database},
    migrate::MigrateOptions,
    plan::Goal,
    privileges,
    seeds::{self, Restored},
    setup,
};
use serde::Serialize;

use super::{
    migrate::{self, Migrated},
    side_by_side::{self, Access, Job, Others},
};
use crate::{
    cli::Setup,
    context::{self, Context},
    exit,
};

/// What happened to one database.
#[derive(Serialize)]
struct SetUp {
    /// What was missing around the migrations, a sentence each.
    created: Vec<String>,
    #[serde(flatten)]
    migrated: Migrated,
}

pub(super) async fn run(args: Setup) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let databases = context::select(&args.databases)?;
    let databases = if args.e2e { with_twins(&databases) } else { databases };
    let run = context.locate_databases(&databases)?;
    let patience = context::patience(args.manners);
    let options = MigrateOptions {
        goal: Goal::End,
        dry_run: false,
        allow_out_of_order: false,
        allow_hazards: Vec::new(),
        patience,
    };
    let work = async |job: &mut Job<'_>| {
        let extensions = setup::create_extensions(&job.opened).await?;
        for made in &extensions {
            job.lines.say(made);
        }
        let migrated = migrate::migrate_one(job, &options).await?;
        if args.seed_rows {
            job.opened.refresh().await?;
            for Restored { table, rows } in seeds::restore(&job.opened).await? {
                job.lines.say(&format!("put back in `{table}`: {}", rows.join(", ")));
            }
        }
        if let Some(role) = &args.app_role {
            privileges::grant_application(job.opened.session.connection(), role).await?;
            job.lines.say(&format!("the role `{role}` may use every table and sequence"));
        }
        let created = job.created.take().into_iter().chain(extensions).collect();
        Ok(SetUp { created, migrated })
    };
    let access = Access::Create(Others::of(args.manners, false));
    side_by_side::run("setup", &context, &run, access, work, |_| exit::DONE).await
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
