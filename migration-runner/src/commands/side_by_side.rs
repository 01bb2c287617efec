//! Runs one piece of work on several databases at once and gathers what came of it.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Error, Result};
use futures_util::future::join_all;
use schema_engine::{
    guard::{GuardError, Identified},
    location::{Located, LocationReport},
    open::{self, OpenError, Opened},
    schema::Schema,
    setup,
};
use serde::Serialize;

use crate::{
    cli::{Format, Manners},
    context::{self, Context, names},
    exit,
    output::{self, Board, Lines},
};

/// What the work does with a database, and so which databases it must not meet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// It looks.
    Read,
    /// It goes on from what is there.
    Write(Others),
    /// The same, in a database that is created where there is none.
    Create(Others),
    /// It goes on from what somebody else left.
    Adopt(Others),
    /// It drops what is there; a twin may then hold what was never adopted.
    Empty(Others),
}

impl Access {
    /// How long to wait for other runners, where they are kept away.
    fn patience(self) -> Option<Duration> {
        match self {
            Self::Write(others)
            | Self::Create(others)
            | Self::Adopt(others)
            | Self::Empty(others) => match others {
                Others::KeptAway(patience) => Some(patience),
                Others::Welcome => None,
            },
            Self::Read => None,
        }
    }
}

/// What becomes of other runners on the same database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// They may go on: this one only says what it would do.
    Welcome,
    /// They are waited for so long, and kept away then.
    KeptAway(Duration),
}

impl Others {
    /// As the options of a command say it.
    pub(super) fn of(manners: Manners, dry_run: bool) -> Self {
        if dry_run { Self::Welcome } else { Self::KeptAway(manners.lock_wait) }
    }
}

/// What the work on one database has at hand.
pub(super) struct Job<'a> {
    pub(super) opened: Opened<'a>,
    pub(super) lines: Lines,
    /// What was done so that it could be opened, and said already.
    pub(super) created: Option<String>,
}

/// What came of the work on one database, and when.
pub(super) struct Answer<T> {
    pub(super) result: Result<T, Failure>,
    pub(super) time: Duration,
}

/// An error that was printed already.
pub(super) struct Failure {
    pub(super) status: u8,
    pub(super) text: String,
}

/// Opens the databases of `run`, checks them, does `work` on each, prints and closes; the exit
/// status is that of the first failure, or what `judge` makes of the results.
pub(super) async fn run<'a, T, W>(
    command: &str,
    context: &'a Context,
    run: &'a [(Located, &'a Schema)],
    access: Access,
    work: W,
    judge: impl Fn(&T) -> u8,
) -> Result<ExitCode>
where
    T: Serialize,
    W: AsyncFn(&mut Job<'a>) -> Result<T>,
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
        let created = create(run, access).await;
        let checked = open_and_check(context, run, access).await;
        let all = std::iter::zip(std::iter::zip(created, checked), lines);
        let answers = all.map(async |((created, opened), lines)| {
            let result = match (created, opened) {
                (Ok(created), Ok(opened)) => {
                    if let Some(created) = &created {
                        lines.say(created);
                    }
                    let job = Job { opened, lines: lines.clone(), created };
                    finish(job, access, &context.schemas, &work).await
                }
                // It says more than that there is no such database.
                (Err(error), opened) => {
                    if let Ok(opened) = opened {
                        let _ = opened.close().await;
                    }
                    Err(error)
                }
                (_, Err(error)) => Err(error),
            };
            Answer { result: result.map_err(|error| tell(error, &lines)), time: start.elapsed() }
        });
        join_all(answers).await
    };
    let (answers, ()) = tokio::join!(working, board.show());
    if is_json {
        output::print_json(&document(command, run, &answers))?;
    } else if access != Access::Read && run.len() > 1 {
        let done = answers.iter().filter(|answer| answer.result.is_ok()).count();
        let time = output::duration(start.elapsed());
        output::print(&format!("{done} of {} databases done ({time})", run.len()));
    }
    let failure = answers.iter().find_map(|answer| answer.result.as_ref().err());
    let judged = answers.iter().flat_map(|answer| &answer.result).map(judge).max();
    let quiet = judged.unwrap_or(exit::DONE);
    Ok(ExitCode::from(failure.map_or(quiet, |failure| failure.status)))
}

/// Prints an error of one database.
pub(super) fn tell(error: Error, lines: &Lines) -> Failure {
    let failure = Failure { status: exit::status_of(&error), text: output::chain(&error) };
    lines.fail(error);
    failure
}

async fn finish<'a, T>(
    mut job: Job<'a>,
    access: Access,
    schemas: &[Schema],
    work: &impl AsyncFn(&mut Job<'a>) -> Result<T>,
) -> Result<T> {
    let result = match keep_others_away(&mut job, access, schemas).await {
        Ok(()) => work(&mut job).await,
        Err(error) => Err(error),
    };
    // The work's own error says more than one in closing.
    let closed = job.opened.close().await;
    let value = result?;
    closed?;
    Ok(value)
}

/// Takes the migration lock, and looks again at what another runner may have changed meanwhile.
async fn keep_others_away(job: &mut Job<'_>, access: Access, schemas: &[Schema]) -> Result<()> {
    let Some(patience) = access.patience() else { return Ok(()) };
    let operator = context::operator();
    let holder = format!("{}@{}", operator.actor, operator.host);
    let lines = job.lines.clone();
    job.opened.lock(patience, &holder, &mut |line| lines.say(line)).await?;
    match refusal(&job.opened, &[], &[], schemas, access) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

async fn create(run: &[(Located, &Schema)], access: Access) -> Vec<Result<Option<String>>> {
    match access {
        Access::Create(_) => {
            let made = setup::create_databases(run.iter().map(|(located, _)| located)).await;
            made.into_iter().map(|made| Ok(made?)).collect()
        }
        _ => run.iter().map(|_| Ok(None)).collect(),
    }
}

async fn open_and_check<'a>(
    context: &'a Context,
    run: &'a [(Located, &'a Schema)],
    access: Access,
) -> Vec<Result<Opened<'a>>> {
    if access == Access::Read {
        return open::open_all(run).await.into_iter().map(|opened| Ok(opened?)).collect();
    }
    let surroundings = context.surroundings();
    let (opened, neighbours) =
        tokio::join!(open::open_all(run), open::neighbours(run, &surroundings));
    let refusals = refusals(&opened, &neighbours, &context.schemas, access);
    let mut checked = Vec::new();
    for (opened, refusal) in std::iter::zip(opened, refusals) {
        checked.push(match (opened, refusal) {
            (Ok(opened), None) => Ok(opened),
            (Ok(opened), Some(refusal)) => {
                let _ = opened.close().await;
                Err(refusal.into())
            }
            (Err(error), _) => Err(error.into()),
        });
    }
    checked
}

fn refusals(
    opened: &[Result<Opened<'_>, OpenError>],
    neighbours: &[Identified],
    schemas: &[Schema],
    access: Access,
) -> Vec<Option<GuardError>> {
    let there: Vec<&Opened<'_>> = opened.iter().flatten().collect();
    let judge = |opened| refusal(opened, &there, neighbours, schemas, access);
    opened.iter().map(|opened| opened.as_ref().ok().and_then(judge)).collect()
}

fn refusal(
    opened: &Opened<'_>,
    run: &[&Opened<'_>],
    neighbours: &[Identified],
    schemas: &[Schema],
    access: Access,
) -> Option<GuardError> {
    let refusal = open::check_writable(opened, run, neighbours, schemas).err()?;
    let is_past = matches!(refusal, GuardError::NotAdopted { .. });
    let may_have_past = match access {
        Access::Adopt(_) => true,
        Access::Empty(_) => !opened.located.database.is_production(),
        _ => false,
    };
    (!(is_past && may_have_past)).then_some(refusal)
}

/// The JSON document of a run.
#[derive(Serialize)]
pub(super) struct Document<'a, T> {
    command: &'a str,
    databases: Vec<Row<'a, T>>,
}

#[derive(Serialize)]
struct Row<'a, T> {
    database: &'static str,
    location: LocationReport,
    #[serde(flatten)]
    result: Option<&'a T>,
    error: Option<&'a str>,
    duration_ms: u128,
}

/// What came of a run, for a machine.
pub(super) fn document<'a, T>(
    command: &'a str,
    run: &[(Located, &Schema)],
    answers: &'a [Answer<T>],
) -> Document<'a, T> {
    let row = |((located, _), answer): (&(Located, &Schema), &'a Answer<T>)| Row {
        database: located.database.name,
        location: located.report(),
        result: answer.result.as_ref().ok(),
        error: answer.result.as_ref().err().map(|failure| failure.text.as_str()),
        duration_ms: answer.time.as_millis(),
    };
    Document { command, databases: std::iter::zip(run, answers).map(row).collect() }
}
