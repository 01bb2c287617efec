//! `migrate` and `rollback`: from what a database holds to where it shall be.
//!
//! Writes the database of a session.

use sea_orm::DbErr;

use crate::{
    apply::{self, ApplyError, Done},
    journal::{self, Operator},
    open::Opened,
    plan::{self, Goal, Plan, PlanError},
};

/// Why a database did not get where it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// There is no way from here to there.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The tool's own tables could not be created.
    #[error("cannot create the tool's tables in `{name}`")]
    Install {
        /// What the server calls the database.
        name: String,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// The tables of another program could not be completed.
    #[error("cannot complete the managed tables {}", tables.join(", "))]
    Managed {
        /// Their names.
        tables: &'static [&'static str],
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// A migration failed.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// What would be lost was not confirmed.
    #[error(
        "{} of `{name}`, a production database, needs `--yes-destroy {name}`{}", command,
        given.as_ref().map(|given| format!(" and not `{given}`")).unwrap_or_default()
    )]
    Unconfirmed {
        /// The command.
        command: &'static str,
        /// The database, as it calls itself.
        name: String,
        /// The name that was confirmed instead.
        given: Option<String>,
    },
}

/// What a run did, or would do.
#[derive(Debug, Default)]
pub struct Report {
    /// The steps that were taken.
    pub done: Vec<Done>,
    /// The steps that a dry run would take, by name.
    pub planned: Vec<String>,
    /// What was completed of the tables of another program.
    pub completed: Vec<String>,
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
}

/// What `rollback` is to do.
#[derive(Debug, Clone)]
pub struct RollbackOptions {
    /// How far.
    pub goal: Goal,
    /// Only say what would run.
    pub dry_run: bool,
    /// The production database that the user agrees to lose data of.
    pub yes_destroy: Option<String>,
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
    report: impl FnMut(&Done),
) -> Result<Report, MigrateError> {
    let Opened { schema, session, state, .. } = opened;
    let plan = plan::up(schema, &state.applied(), &options.goal, options.allow_out_of_order)?;
    if options.dry_run {
        return Ok(Report { planned: names(opened, &plan), ..Report::default() });
    }
    install(opened).await?;
    let completed = match schema.managed {
        Some(managed) => (managed.ensure)(session.connection())
            .await
            .map_err(|source| MigrateError::Managed { tables: managed.tables, source })?,
        None => Vec::new(),
    };
    let done = apply::apply(session, schema, &plan, operator, report).await?;
    Ok(Report { done, completed, ..Report::default() })
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
    report: impl FnMut(&Done),
) -> Result<Report, MigrateError> {
    let plan = plan::down(opened.schema, &opened.state.applied(), &options.goal)?;
    if options.dry_run {
        return Ok(Report { planned: names(opened, &plan), ..Report::default() });
    }
    confirm("rollback", opened, options.yes_destroy.as_deref())?;
    if plan.steps.is_empty() {
        return Ok(Report::default());
    }
    install(opened).await?;
    let done = apply::apply(&opened.session, opened.schema, &plan, operator, report).await?;
    Ok(Report { done, ..Report::default() })
}

/// Whether the user has agreed to what `command` may lose: on a production database that is no
/// embedded one, by its name.
///
/// # Errors
///
/// [`MigrateError::Unconfirmed`].
pub fn confirm(
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

async fn install(opened: &Opened<'_>) -> Result<(), MigrateError> {
    journal::install(opened.session.connection(), opened.schema, &opened.state)
        .await
        .map_err(|source| MigrateError::Install { name: opened.state.name.clone(), source })
}

fn names(opened: &Opened<'_>, plan: &Plan) -> Vec<String> {
    plan.steps.iter().map(|step| opened.schema.migrations[*step].name.clone()).collect()
}
