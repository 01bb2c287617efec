//! Runs one piece of work on several databases at once and gathers what came of it.

use std::{process::ExitCode, time::Instant};

use anyhow::{Error, Result};
use futures_util::future::join_all;
use schema_engine::{
    guard::Identified,
    location::{Located, LocationReport},
    open::{self, Opened},
    schema::Schema,
};
use serde::Serialize;

use crate::{
    cli::Format,
    context::{Context, names},
    exit,
    output::{self, Board, Lines},
};

/// Whether the work writes, and so must not meet the wrong database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

/// The JSON document of a run.
#[derive(Serialize)]
struct Document<'a, T> {
    command: &'a str,
    databases: Vec<Answer<T>>,
}

#[derive(Serialize)]
struct Answer<T> {
    database: &'static str,
    location: LocationReport,
    #[serde(flatten)]
    result: Option<T>,
    error: Option<String>,
    duration_ms: u128,
}

/// What the work on one database has at hand.
pub(super) struct Job<'a> {
    pub(super) opened: Opened<'a>,
    pub(super) lines: Lines,
}

/// Opens the databases of `run`, checks them, does `work` on each, prints and closes; the exit
/// status is that of the first failure, or what `found` makes of the results.
pub(super) async fn run<'a, T, W>(
    command: &str,
    context: &'a Context,
    run: &'a [(Located, &'a Schema)],
    access: Access,
    work: W,
    found: impl Fn(&T) -> bool,
) -> Result<ExitCode>
where
    T: Serialize,
    W: AsyncFn(&Job<'a>) -> Result<T>,
{
    let is_json = context.format == Format::Json;
    if !is_json {
        for (located, _) in run {
            output::print(&located.line());
        }
    }
    let start = Instant::now();
    let mut board = Board::new(&names(run), is_json);
    let lines = board.lines();
    let working = async {
        let checked = open_and_check(context, run, access).await;
        let jobs = std::iter::zip(checked, lines).map(|(opened, lines)| async {
            let result = match opened {
                Ok(opened) => finish(Job { opened, lines: lines.clone() }, &work).await,
                Err(error) => Err(error),
            };
            (result, lines, start.elapsed())
        });
        // Errors leave their database's lines open until all have been told.
        join_all(jobs.map(|job| async {
            let (result, lines, time) = job.await;
            match result {
                Ok(value) => (Ok(value), time),
                Err(error) => {
                    let (status, text) = (exit::status_of(&error), output::chain(&error));
                    lines.fail(error);
                    (Err((status, text)), time)
                }
            }
        }))
        .await
    };
    let (results, ()) = tokio::join!(working, board.show());
    let failure =
        results.iter().find_map(|(result, _)| result.as_ref().err().map(|(code, _)| *code));
    let is_found = results.iter().any(|(result, _)| result.as_ref().is_ok_and(&found));
    if is_json {
        let databases = std::iter::zip(run, results).map(|((located, _), (result, time))| {
            let (result, error) = match result {
                Ok(result) => (Some(result), None),
                Err((_, error)) => (None, Some(error)),
            };
            Answer {
                database: located.database.name,
                location: located.report(),
                result,
                error,
                duration_ms: time.as_millis(),
            }
        });
        output::print_json(&Document { command, databases: databases.collect() })?;
    }
    let status = failure.unwrap_or(if is_found { exit::FOUND } else { exit::DONE });
    Ok(ExitCode::from(status))
}

async fn finish<'a, T>(job: Job<'a>, work: &impl AsyncFn(&Job<'a>) -> Result<T>) -> Result<T> {
    let result = work(&job).await;
    // The work's own error says more than one in closing.
    let closed = job.opened.session.close().await;
    let value = result?;
    closed?;
    Ok(value)
}

async fn open_and_check<'a>(
    context: &'a Context,
    run: &'a [(Located, &'a Schema)],
    access: Access,
) -> Vec<Result<Opened<'a>>> {
    let (opened, neighbours) = match access {
        Access::Read => (open::open_all(run).await, Vec::new()),
        Access::Write => {
            tokio::join!(open::open_all(run), open::neighbours(run, &context.environment))
        }
    };
    let refusals = match access {
        Access::Read => opened.iter().map(|_| None).collect(),
        Access::Write => refusals(&opened, &neighbours, &context.schemas),
    };
    let mut checked = Vec::new();
    for (opened, refusal) in std::iter::zip(opened, refusals) {
        checked.push(match (opened, refusal) {
            (Ok(opened), None) => Ok(opened),
            (Ok(opened), Some(refusal)) => {
                let _ = opened.session.close().await;
                Err(refusal)
            }
            (Err(error), _) => Err(error.into()),
        });
    }
    checked
}

fn refusals(
    opened: &[Result<Opened<'_>, open::OpenError>],
    neighbours: &[Identified],
    schemas: &[Schema],
) -> Vec<Option<Error>> {
    let there: Vec<&Opened<'_>> = opened.iter().flatten().collect();
    let judge = |opened: &Opened<'_>| {
        open::check_writable(opened, &there, neighbours, schemas).err().map(Error::from)
    };
    opened.iter().map(|opened| opened.as_ref().ok().and_then(judge)).collect()
}
