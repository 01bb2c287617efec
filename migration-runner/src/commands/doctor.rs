//! `doctor`: what would be in the way of a migration or of an application, each with its mend.

use std::{io, process::ExitCode, time::Instant};

use anyhow::Result;
use futures_util::future::join_all;
use schema_engine::{
    doctor::{self, Finding, Level, Surroundings},
    environment::Environment,
    guard::Identified,
    open::{self, OpenError, Opened},
};
use serde::Serialize;

use super::side_by_side::{self, Answer};
use crate::{
    cli::{Doctor, Format},
    context::{Context, names},
    exit, output,
};

/// What was found in one database.
#[derive(Serialize)]
struct Examined {
    checks: Vec<Finding>,
}

pub(super) async fn run(args: Doctor) -> Result<ExitCode> {
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    if context.format == Format::Text {
        for (located, _) in &run {
            output::print(&located.line());
        }
    }
    let environment = context.surroundings();
    let (opened, neighbours) =
        tokio::join!(open::open_all(&run), open::neighbours(&run, &environment));
    let visit = Visit {
        there: opened.iter().flatten().collect(),
        neighbours,
        environment,
        context: &context,
        app_role: args.app_role.as_deref(),
    };
    let answers = join_all(opened.iter().map(|opened| visit.examine(opened))).await;
    drop(visit);
    let status = status(&answers, opened).await;
    if context.format == Format::Json {
        output::print_json(&side_by_side::document("doctor", &run, &answers))?;
    } else {
        say(&names(&run), &answers);
    }
    Ok(ExitCode::from(status))
}

/// What every database of the run is held against.
struct Visit<'a> {
    there: Vec<&'a Opened<'a>>,
    neighbours: Vec<Identified>,
    environment: Environment,
    context: &'a Context,
    app_role: Option<&'a str>,
}

impl Visit<'_> {
    async fn examine(&self, opened: &Result<Opened<'_>, OpenError>) -> Answer<Examined> {
        let start = Instant::now();
        let checks = match opened {
            Ok(opened) => self.look_at(opened).await,
            Err(error) => doctor::unopened(error),
        };
        Answer { result: Ok(Examined { checks }), time: start.elapsed() }
    }

    async fn look_at(&self, opened: &Opened<'_>) -> Vec<Finding> {
        let root = &self.context.root;
        let counterpart = doctor::counterpart(opened, &self.there, &self.environment, root).await;
        let around = Surroundings {
            run: &self.there,
            neighbours: &self.neighbours,
            schemas: &self.context.schemas,
            counterpart: &counterpart,
            app_role: self.app_role,
        };
        doctor::examine(opened, around).await
    }
}

/// Closes what is open; the exit status tells a database that could not be opened from one in which
/// something needs mending, as every command does.
async fn status(answers: &[Answer<Examined>], opened: Vec<Result<Opened<'_>, OpenError>>) -> u8 {
    let mut status = None;
    for opened in opened {
        let failure = match opened {
            Ok(opened) => opened.close().await.err().map(anyhow::Error::from),
            Err(error) => Some(error.into()),
        };
        status = status.or(failure.as_ref().map(exit::status_of));
    }
    let is_problem = findings(answers).any(|finding| finding.level == Level::Problem);
    status.unwrap_or(if is_problem { exit::FAILED } else { exit::DONE })
}

fn findings(answers: &[Answer<Examined>]) -> impl Iterator<Item = &Finding> {
    answers.iter().flat_map(|answer| &answer.result).flat_map(|examined| &examined.checks)
}

fn say(names: &[&str], answers: &[Answer<Examined>]) {
    let width = names.iter().map(|name| name.len()).max().unwrap_or_default();
    let of_check = findings(answers).map(|finding| finding.check.len()).max().unwrap_or_default();
    for (name, answer) in std::iter::zip(names, answers) {
        for finding in answer.result.iter().flat_map(|examined| &examined.checks) {
            let level = level(finding.level);
            output::print(&format!(
                "{name:width$}  {level}  {:of_check$}  {finding}",
                finding.check
            ));
        }
    }
}

/// As wide as the widest, in colour where that helps.
fn level(level: Level) -> String {
    let (word, colour) = match level {
        Level::Fine => ("fine", "32"),
        Level::Warning => ("warning", "33"),
        Level::Problem => ("problem", "1;31"),
    };
    if output::paints(&io::stdout()) {
        format!("\x1b[{colour}m{word:7}\x1b[0m")
    } else {
        format!("{word:7}")
    }
}
