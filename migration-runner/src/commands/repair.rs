//! `repair`: a migration outside a transaction that ended halfway.

use std::process::ExitCode;

use anyhow::Result;
use schema_engine::repair::{self, Incomplete, Mark};
use serde::Serialize;

use super::{
    migrate::say_progress,
    side_by_side::{self, Access, Job, Others},
};
use crate::{
    cli::Repair,
    context::{self, Context},
    exit,
    output::Lines,
};

#[derive(Serialize)]
struct Repaired {
    incomplete: Vec<Incomplete>,
    finished: Vec<String>,
    marked: Vec<String>,
}

pub(super) async fn run(args: Repair) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate(std::slice::from_ref(&args.database))?;
    context::takes_one_database("repair", true, &run)?;
    let mark = match (args.mark_applied, args.mark_not_applied) {
        (true, _) => Some(Mark::Applied),
        (_, true) => Some(Mark::NotApplied),
        (false, false) => None,
    };
    let only_shows = !args.finish && mark.is_none();
    let patience = context::patience(args.manners);
    let work = async |job: &mut Job<'_>| {
        let operator = context::operator();
        let incomplete = repair::look(&job.opened).await?;
        say(&job.lines, &incomplete);
        let (mut finished, mut marked) = (Vec::new(), Vec::new());
        if args.finish {
            let tell = |progress: schema_engine::apply::Progress<'_>| {
                say_progress(&job.lines, &progress, 0);
            };
            let done = repair::finish(&job.opened, &operator, patience, tell).await?;
            finished.extend(done.into_iter().map(|step| step.migration));
        }
        if let Some(mark) = mark {
            marked = repair::mark(&job.opened, &operator, mark).await?;
            let word = if mark == Mark::Applied { "applied" } else { "not applied" };
            for migration in &marked {
                job.lines.say(&format!("{migration} counts as {word} now"));
            }
        }
        Ok(Repaired { incomplete, finished, marked })
    };
    let access =
        if only_shows { Access::Read } else { Access::Write(Others::of(args.manners, false)) };
    side_by_side::run("repair", &context, &run, access, work, |_| exit::DONE).await
}

fn say(lines: &Lines, incomplete: &[Incomplete]) {
    if incomplete.is_empty() {
        lines.say("nothing is incomplete");
    }
    for it in incomplete {
        let of = it.statements.map(|count| format!(" of {count}")).unwrap_or_default();
        lines.say(&format!(
            "incomplete: {} ({}), run by {}: {}{of} statements stand",
            it.migration, it.direction, it.by, it.statements_done
        ));
        if let Some(error) = &it.error {
            lines.say(&format!("  it said: {error}"));
        }
        if let Some(next) = &it.next {
            lines.say(&format!("  next: {next}"));
        }
        for index in &it.invalid_indexes {
            lines.say(&format!("  invalid index: {index}"));
        }
        lines.say("  `--finish` goes on; `--mark-applied` and `--mark-not-applied` take your word");
    }
}
