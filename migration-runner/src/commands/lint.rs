//! `lint`: what is dangerous in migrations, before they run where it counts.

use std::process::ExitCode;

use anyhow::Result;
use schema_engine::{
    lint::{self, Finding, Hazards, Sizes},
    open::Opened,
    target,
};
use serde::Serialize;

use super::side_by_side::{self, Access, Job};
use crate::{
    cli::Lint,
    context::{self, Context},
    exit,
    output::Lines,
};

/// What was found in the migrations of one database.
#[derive(Serialize)]
struct Linted {
    migrations: Vec<Hazards>,
}

impl Linted {
    fn has_open(&self) -> bool {
        let mut findings = self.migrations.iter().flat_map(|found| &found.findings);
        findings.any(|finding| finding.allowed.is_none())
    }
}

pub(super) async fn run(args: Lint) -> Result<ExitCode> {
    let place = context::shadow_place(&args.shadow)?;
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    context::takes_one_database("--migration", !args.migration.is_empty(), &run)?;
    let work = async |job: &mut Job<'_>| {
        let opened = &job.opened;
        let wanted = wanted(opened, &args.migration)?;
        let mut migrations = lint::lint(opened.schema, &place, &wanted).await?;
        let sizes = Sizes::read(opened.session.connection()).await?;
        if args.migration.is_empty() {
            for found in &mut migrations {
                found.findings.retain(|finding| finding.concerns(&sizes));
            }
        }
        let linted = Linted { migrations };
        say(&job.lines, &linted, &sizes, wanted.len());
        Ok(linted)
    };
    let judge = |linted: &Linted| if linted.has_open() { exit::FOUND } else { exit::DONE };
    side_by_side::run("lint", &context, &run, Access::Read, work, judge).await
}

/// The migrations that were named, or those that are pending.
fn wanted<'a>(opened: &'a Opened<'_>, targets: &[String]) -> Result<Vec<&'a str>> {
    let names = opened.schema.names();
    if targets.is_empty() {
        let applied = opened.state.applied();
        return Ok(names.into_iter().filter(|name| !applied.iter().any(|it| it == name)).collect());
    }
    let mut wanted = Vec::new();
    for target in targets {
        wanted.push(names[target::resolve(opened.schema, target)?]);
    }
    Ok(wanted)
}

fn say(lines: &Lines, linted: &Linted, sizes: &Sizes, count: usize) {
    for found in &linted.migrations {
        if !found.findings.is_empty() {
            lines.say(&found.migration);
        }
        // The reason once, below all that it is the reason of.
        let is_alike = |one: &Finding, next: &Finding| {
            (one.hazard, &one.allowed) == (next.hazard, &next.allowed)
        };
        for alike in found.findings.chunk_by(is_alike) {
            for line in text(alike, sizes) {
                lines.say(&line);
            }
        }
    }
    if !linted.has_open() {
        let noun = if count == 1 { "migration" } else { "migrations" };
        lines.say(&format!("no hazard in {count} {noun}"));
    }
}

fn text(alike: &[Finding], sizes: &Sizes) -> Vec<String> {
    let mut lines = Vec::new();
    for Finding { hazard, object, table, statement, .. } in alike {
        let size = table.as_deref().map(|table| format!(" ({})", sizes.of(table)));
        lines.push(format!("  {hazard}: {object}{}", size.unwrap_or_default()));
        lines.extend(statement.as_deref().map(|text| format!("    in: {}", one_line(text))));
    }
    match alike {
        [Finding { allowed: Some(reason), .. }, ..] => lines.push(format!("    allowed: {reason}")),
        [Finding { hazard, .. }, ..] => lines.extend([
            format!("    why: {}", hazard.why()),
            format!("    instead: {}", hazard.instead()),
        ]),
        [] => {}
    }
    lines
}

/// The beginning of a statement, as wide as a terminal.
fn one_line(statement: &str) -> String {
    const WIDTH: usize = 100;
    let words = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}
