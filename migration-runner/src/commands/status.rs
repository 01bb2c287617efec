//! `status`: where each database stands.

use std::process::ExitCode;

use anyhow::Result;
use schema_engine::{
    history::{self, Status as Standing},
    journal,
};

use super::side_by_side::{self, Access, Job};
use crate::{cli::Status, context::Context, exit, output::Lines};

pub(super) async fn run(args: Status) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    let work = async |job: &mut Job<'_>| {
        let opened = &job.opened;
        let runs = journal::runs(opened.session.connection(), &opened.state).await?;
        let status = history::status(opened.schema, &opened.state, &runs);
        say(&job.lines, &status);
        Ok(status)
    };
    let judge = |status: &Standing| {
        if args.exit_code && !status.is_at_head() { exit::FOUND } else { exit::DONE }
    };
    side_by_side::run("status", &context, &run, Access::Read, work, judge).await
}

fn say(lines: &Lines, status: &Standing) {
    let standing = &status.standing;
    let place = status.at.as_deref().unwrap_or("base");
    let pending = standing.pending.len();
    let behind = if pending == 0 { "head".to_owned() } else { format!("{pending} pending") };
    lines.say(&format!("at {place} ({behind})"));
    for name in &standing.pending {
        let late = standing.out_of_order.contains(name);
        lines.say(&format!("pending {name}{}", if late { " (out of order)" } else { "" }));
    }
    for name in &standing.unknown {
        lines.say(&format!("applied but unknown to this build: {name}"));
    }
    for name in &status.edited {
        lines.say(&format!("edited after it ran: {name}"));
    }
    for name in &status.incomplete {
        lines.say(&format!("incomplete: {name}; `repair` shows what stands and finishes it"));
    }
}
