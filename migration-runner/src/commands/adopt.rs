//! `adopt`: takes over a database that Alembic ran.

use std::process::ExitCode;

use anyhow::Result;
use schema_engine::adopt::{self, AdoptOptions, Difference, OnDifference, Report};

use super::side_by_side::{self, Access, Job, Others};
use crate::{
    cli::Adopt,
    context::{self, Context},
    exit,
    output::Lines,
};

/// A database that is not what its migrations give, and was left as it is.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{name}` differs from what its migrations give, in {}; nothing was written; `--mend` runs \
     the SQL above first, `--accept-differences` takes the database over as it is",
    places(*count)
)]
struct Differs {
    name: String,
    count: usize,
}

pub(super) async fn run(args: Adopt) -> Result<ExitCode> {
    let on_difference = match (args.mend, args.accept_differences) {
        (true, _) => OnDifference::Mend,
        (_, true) => OnDifference::Accept,
        (false, false) => OnDifference::Refuse,
    };
    let options = AdoptOptions {
        on_difference,
        shadow: context::shadow_place(&args.shadow)?,
        yes_destroy: args.yes_destroy,
        patience: context::patience(args.manners),
    };
    let context = Context::new(args.place)?;
    let run = context.locate(std::slice::from_ref(&args.database))?;
    context::takes_one_database("adopt", true, &run)?;
    let work = async |job: &mut Job<'_>| {
        let operator = context::operator();
        let lines = job.lines.clone();
        let tell = |line: &str| lines.say(line);
        let report = adopt::adopt(&job.opened, &context.schemas, &options, &operator, tell).await?;
        say(&job.lines, &report, on_difference);
        if !report.adopted {
            let (name, count) = (job.opened.state.name.clone(), report.differences.len());
            job.lines.fail(Differs { name, count }.into());
        }
        Ok(report)
    };
    let access = Access::Adopt(Others::of(args.manners, false));
    let judge = |report: &Report| if report.adopted { exit::DONE } else { exit::FAILED };
    side_by_side::run("adopt", &context, &run, access, work, judge).await
}

fn say(lines: &Lines, report: &Report, on_difference: OnDifference) {
    let revisions = match report.revisions.as_deref() {
        None => "there is no alembic_version".to_owned(),
        Some([]) => "alembic_version is empty".to_owned(),
        Some(revisions) => format!("alembic_version is at {}", revisions.join(", ")),
    };
    lines.say(&revisions);
    for object in &report.left_alone {
        lines.say(&format!("left alone: {object}"));
    }
    let word = match on_difference {
        OnDifference::Refuse => "differs",
        OnDifference::Mend => "mended",
        OnDifference::Accept => "accepted",
    };
    for difference in &report.differences {
        say_difference(lines, word, difference, on_difference);
    }
    let verb = if report.adopted { "adopted" } else { "would adopt" };
    for migration in &report.standing.applied {
        lines.say(&format!("{verb} {migration}"));
    }
    for migration in &report.standing.pending {
        lines.say(&format!("pending {migration}"));
    }
    if report.adopted {
        let at = report.at.as_deref().unwrap_or("base");
        let (adopted, pending) = (report.standing.applied.len(), report.standing.pending.len());
        lines.say(&format!("{adopted} adopted, now at {at} ({pending} pending)"));
    }
    if !report.standing.out_of_order.is_empty() {
        lines.say("`migrate --allow-out-of-order` applies what is older than the newest");
    }
}

fn say_difference(lines: &Lines, word: &str, difference: &Difference, on_difference: OnDifference) {
    let price = difference.price().map(|price| format!(" ({price})")).unwrap_or_default();
    let is_paid = on_difference != OnDifference::Accept;
    let price = if is_paid { price.as_str() } else { "" };
    lines.say(&format!("{word}: {}{price}", difference.description));
    for description in &difference.with_it {
        lines.say(&format!("  with it: {description}"));
    }
    if on_difference == OnDifference::Refuse {
        let statements: Vec<String> = difference.sql.iter().map(|sql| format!("{sql};")).collect();
        for line in statements.iter().flat_map(|sql| sql.lines()) {
            lines.say(&format!("    {line}"));
        }
    }
}

fn places(count: usize) -> String {
    if count == 1 { "one place".to_owned() } else { format!("{count} places") }
}
