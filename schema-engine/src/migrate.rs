//! `migrate` and `rollback`: from what a database holds to where it shall be.
//!
//! Writes the database of a session.

mod error;

pub use self::error::MigrateError;

use crate::{
    apply::{self, ApplyError, Done, Patience, Progress, Role, Site},
    consent::{self, Ahead},
    fresh,
    hazard::Hazard,
    journal::{self, Operator},
    open::Opened,
    plan::{self, Direction, Goal, Plan},
    setup,
};

/// What a run tells while it runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many steps lie ahead.
    Planned(usize),
    /// A step that lies ahead is dangerous.
    Hazard(&'a Ahead),
    /// Something was completed of the tables of another program.
    Completed(&'a str),
    /// Something came of a step.
    Step(Progress<'a>),
}

/// What a run did, or would do.
#[derive(Debug, Default)]
pub struct Report {
    /// The steps that were taken.
    pub done: Vec<Done>,
    /// The steps that a dry run would take, by name.
    pub planned: Vec<String>,
    /// The newest applied migration of the lineage afterwards.
    pub at: Option<String>,
}

/// What `migrate` is to do.
#[derive(Debug, Clone)]
pub struct MigrateOptions {
    /// How far.
    pub goal: Goal,
    /// Only say what would run.
    pub dry_run: bool,
    /// Apply a pending migration that is older than the newest applied one.
    pub allow_out_of_order: bool,
    /// The hazards that lose data and that the user agrees to, on a production database.
    pub allow_hazards: Vec<Hazard>,
    /// How to treat what is in the way.
    pub patience: Patience,
}

/// What `rollback` is to do.
#[derive(Debug, Clone)]
pub struct RollbackOptions {
    /// The command that asks for it, as its error names it.
    pub command: &'static str,
    /// How far.
    pub goal: Goal,
    /// Only say what would run.
    pub dry_run: bool,
    /// The production database that the user agrees to lose data of.
    pub yes_destroy: Option<String>,
    /// How to treat what is in the way.
    pub patience: Patience,
}

/// Applies what is pending. The caller has made sure that the database may be written.
///
/// # Errors
///
/// [`MigrateError`]; what was applied before it stands.
pub async fn migrate(
    opened: &Opened<'_>,
    options: &MigrateOptions,
    operator: &Operator,
    mut tell: impl FnMut(Event<'_>),
) -> Result<Report, MigrateError> {
    let Opened { schema, session, state, .. } = opened;
    let plan = plan::up(schema, &state.applied(), &options.goal, options.allow_out_of_order)?;
    let hazards = consent::hazards(opened, &plan).await;
    let hazards = hazards.map_err(|source| MigrateError::Sizes { source })?;
    for ahead in &hazards {
        tell(Event::Hazard(ahead));
    }
    if options.dry_run {
        return Ok(dry(opened, &plan));
    }
    if let Some(ahead) = consent::unconfirmed(&hazards, &options.allow_hazards) {
        let (migration, hazard) = (ahead.migration.clone(), ahead.finding.hazard);
        return Err(MigrateError::Hazard { migration, hazard });
    }
    let prepare = async {
        refuse_incomplete(opened).await?;
        tell(Event::Planned(plan.steps.len()));
        install(opened).await?;
        let Some(managed) = schema.managed else { return Ok(Vec::new()) };
        (managed.ensure)(session.connection())
            .await
            .map_err(|source| MigrateError::Managed { tables: managed.tables, source })
    };
    for change in &watched(opened, prepare).await? {
        tell(Event::Completed(change));
    }
    let tell = |progress: Progress<'_>| tell(Event::Step(progress));
    let site = site(opened, operator, options.patience);
    let applied = apply::apply(site, schema, &plan, tell).await;
    Ok(finished(opened, applied.map_err(|failed| explained(opened, failed))?))
}

/// Reverts what is applied, the newest first. The caller has made sure that the database may be
/// written.
///
/// # Errors
///
/// [`MigrateError`]; what was reverted before it stays reverted.
pub async fn rollback(
    opened: &Opened<'_>,
    options: &RollbackOptions,
    operator: &Operator,
    mut tell: impl FnMut(Event<'_>),
) -> Result<Report, MigrateError> {
    let plan = plan::down(opened.schema, &opened.state.applied(), &options.goal)?;
    if options.dry_run {
        return Ok(dry(opened, &plan));
    }
    confirm(options.command, opened, options.yes_destroy.as_deref())?;
    if plan.steps.is_empty() {
        return Ok(finished(opened, Vec::new()));
    }
    let prepare = async {
        refuse_incomplete(opened).await?;
        tell(Event::Planned(plan.steps.len()));
        install(opened).await
    };
    watched(opened, prepare).await?;
    let tell = |progress: Progress<'_>| tell(Event::Step(progress));
    let site = site(opened, operator, options.patience);
    let done = apply::apply(site, opened.schema, &plan, tell).await?;
    Ok(finished(opened, done))
}

/// Empties the database. The caller has made sure that it may be written.
///
/// # Errors
///
/// [`MigrateError::Unconfirmed`] and [`MigrateError::Empty`]; then nothing is lost.
pub async fn empty(opened: &Opened<'_>, yes_destroy: Option<&str>) -> Result<(), MigrateError> {
    confirm("fresh", opened, yes_destroy)?;
    let has_history = opened.state.history.is_some();
    fresh::empty(opened.session.connection(), has_history)
        .await
        .map_err(|source| MigrateError::Empty { name: opened.state.name.clone(), source })
}

/// Whether the user has agreed to what `command` may lose: on a production database that is no
/// embedded one, by its name.
///
/// # Errors
///
/// [`MigrateError::Unconfirmed`].
fn confirm(
    command: &'static str,
    opened: &Opened<'_>,
    yes_destroy: Option<&str>,
) -> Result<(), MigrateError> {
    let name = &opened.state.name;
    let is_safe = !opened.located.is_server() || !opened.located.database.is_production();
    if is_safe || yes_destroy == Some(name) {
        return Ok(());
    }
    let given = yes_destroy.map(str::to_owned);
    Err(MigrateError::Unconfirmed { command, name: name.clone(), given })
}

/// Ends what comes before the first step where the run must not go on.
async fn watched<T>(
    opened: &Opened<'_>,
    work: impl Future<Output = Result<T, MigrateError>>,
) -> Result<T, MigrateError> {
    opened.watched(work).await.map_err(MigrateError::Lost)?
}

fn explained(opened: &Opened<'_>, failed: Box<ApplyError>) -> MigrateError {
    match failed.said_by_server().and_then(|said| setup::way_out(opened, said)) {
        Some(way_out) => MigrateError::Extension { failed, way_out: Box::new(way_out) },
        None => failed.into(),
    }
}

async fn install(opened: &Opened<'_>) -> Result<(), MigrateError> {
    journal::install(opened.session.connection(), opened.schema, &opened.state)
        .await
        .map_err(|source| MigrateError::Install { name: opened.state.name.clone(), source })
}

/// Where the steps of a run on this database are taken.
pub(crate) fn site<'a>(
    opened: &'a Opened<'_>,
    operator: &'a Operator,
    patience: Patience,
) -> Site<'a> {
    Site {
        session: &opened.session,
        watch: opened.watch.as_ref(),
        role: Role::of(opened.located.database),
        operator,
        patience,
    }
}

/// What is half done is to be finished before anything goes on from there.
async fn refuse_incomplete(opened: &Opened<'_>) -> Result<(), MigrateError> {
    let runs = journal::runs(opened.session.connection(), &opened.state)
        .await
        .map_err(|source| MigrateError::Journal { source })?;
    match journal::incomplete(&runs).first() {
        None => Ok(()),
        Some(run) => Err(MigrateError::Incomplete {
            migration: run.migration.clone(),
            direction: run.direction.clone(),
            statements_done: run.statements_done.unwrap_or_default(),
            database: opened.located.database.name,
        }),
    }
}

fn dry(opened: &Opened<'_>, plan: &Plan) -> Report {
    let name = |step: &usize| opened.schema.migrations[*step].name.clone();
    Report { planned: plan.steps.iter().map(name).collect(), ..finished(opened, Vec::new()) }
}

fn finished(opened: &Opened<'_>, done: Vec<Done>) -> Report {
    let before = opened.state.applied();
    let is_applied = |name: &str| match done.iter().find(|step| step.migration == name) {
        Some(step) => step.direction == Direction::Up,
        None => before.iter().any(|applied| applied == name),
    };
    let at = opened.schema.names().into_iter().rev().find(|name| is_applied(name));
    let at = at.map(str::to_owned);
    Report { done, at, planned: Vec::new() }
}
