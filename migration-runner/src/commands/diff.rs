//! `diff`: each database against what its migrations give, or its migrations against its entities.

use std::process::ExitCode;

use anyhow::Result;
use schema_engine::drift::{self, Drift};

use super::{
    check::{self, Shown},
    side_by_side::{self, Access, Job},
};
use crate::{
    cli::Diff,
    context::{self, Context},
    exit,
    output::Lines,
};

pub(super) async fn run(args: Diff) -> Result<ExitCode> {
    if args.entities {
        let format = args.place.output;
        return check::compare("diff", &args.databases, &args.shadow, format, Shown::Sql).await;
    }
    let place = context::shadow_place(&args.shadow)?;
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    let work = async |job: &mut Job<'_>| {
        let drift = Box::pin(drift::drift(&job.opened, &place)).await?;
        say(&job.lines, &drift);
        Ok(drift)
    };
    let judge = |drift: &Drift| if drift.differences.is_empty() { exit::DONE } else { exit::FOUND };
    side_by_side::run("diff", &context, &run, Access::Read, work, judge).await
}

fn say(lines: &Lines, drift: &Drift) {
    for difference in &drift.differences {
        lines.say(&difference.description);
        for description in &difference.with_it {
            lines.say(&format!("  with it: {description}"));
        }
    }
    for difference in &drift.accepted {
        lines.say(&format!("accepted: {}", difference.description));
    }
    for object in &drift.left_alone {
        lines.say(&format!("left alone: {object}"));
    }
    if !drift.own_tables.is_empty() {
        lines.say(&format!("the tool's own: {}", drift.own_tables.join(", ")));
    }
    if drift.differences.is_empty() {
        let at = drift.at.as_deref().unwrap_or("base");
        lines.say(&format!("no drift: it is what its migrations give, at {at}"));
        return;
    }
    say_sql(lines, "what makes it what its migrations give", &drift.sql);
    say_sql(lines, "what makes of that what it is", &drift.sql_back);
}

/// Prints statements under a heading, so that all of it is SQL.
pub(super) fn say_sql(lines: &Lines, heading: &str, statements: &[String]) {
    lines.say(&format!("-- {heading}:"));
    for statement in statements {
        for line in format!("{statement};").lines() {
            lines.say(line);
        }
    }
}
