//! `migrate --sql` and `rollback --sql`: prints what would run, as a script.

use std::process::ExitCode;

use anyhow::{Result, bail};
use schema_engine::{
    apply::Patience,
    database::Database,
    open::{self, Opened},
    plan::{self, BASE, Direction, Goal},
    schema::Schema,
    script::{self, Wanted},
    target,
};

use crate::{
    cli::{Script, Where},
    context::{self, Context, UsageError},
    exit, output,
};

/// What the script is to do.
pub(super) struct Request {
    pub(super) command: &'static str,
    pub(super) databases: Vec<String>,
    pub(super) direction: Direction,
    pub(super) goal: Goal,
    pub(super) allow_out_of_order: bool,
    pub(super) script: Script,
    pub(super) patience: Patience,
}

pub(super) async fn run(request: &Request, place: Where) -> Result<ExitCode> {
    let shadow = context::shadow_place(&request.script.shadow)?;
    let context = Context::new(place)?;
    let (database, schema, applied) = match &request.script.from {
        Some(from) => offline(request, &context, from)?,
        None => connected(request, &context).await?,
    };
    let plan = match request.direction {
        Direction::Up => plan::up(schema, &applied, &request.goal, request.allow_out_of_order)?,
        Direction::Down => plan::down(schema, &applied, &request.goal)?,
    };
    let tool_version = env!("CARGO_PKG_VERSION");
    let (applied, plan, patience) = (&applied, &plan, request.patience);
    let wanted = Wanted { database, schema, applied, plan, patience, tool_version };
    let script = script::write(&wanted, &shadow).await?;
    output::print(script.trim_end());
    Ok(ExitCode::from(exit::DONE))
}

type Start<'a> = (&'static Database, &'a Schema, Vec<String>);

/// A database of which is known only where it is in its lineage.
fn offline<'a>(request: &Request, context: &'a Context, from: &str) -> Result<Start<'a>> {
    let databases = context.databases(request.command, &request.databases)?;
    let [database] = databases[..] else {
        let databases = databases.iter().map(|database| database.name).collect();
        bail!(UsageError::OneDatabase { option: "--sql", databases });
    };
    let schema = context.schema(database)?;
    let count = if from == BASE { 0 } else { target::resolve(schema, from)? + 1 };
    let applied = schema.names()[..count].iter().map(|name| (*name).to_owned()).collect();
    Ok((database, schema, applied))
}

/// A database that is asked what it has applied.
async fn connected<'a>(request: &Request, context: &'a Context) -> Result<Start<'a>> {
    let run = context.locate_named(request.command, &request.databases)?;
    let [(located, schema)] = &run[..] else {
        bail!(UsageError::OneDatabase { option: "--sql", databases: context::names(&run) });
    };
    // The script alone is for stdout.
    output::remark(&located.line());
    let opened = Opened::open(located, schema).await?;
    let applied = opened.state.applied();
    let refusal = open::check_writable(&opened, &[], &[], &context.schemas);
    opened.session.close().await?;
    refusal?;
    Ok((located.database, *schema, applied))
}
