//! Why a database did not get where it should. Pure.

use sea_orm::DbErr;

use crate::{apply::ApplyError, hazard::Hazard, lock::Lost, plan::PlanError, setup::SetupError};

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
    /// An earlier run ended halfway.
    #[error(
        "`{migration}` is incomplete: a run `{direction}` outside a transaction ended after \
         {statements_done} of its statements; `repair {database}` shows what stands and finishes it"
    )]
    Incomplete {
        /// The migration's name.
        migration: String,
        /// `up` or `down`.
        direction: String,
        /// How many of its statements stand.
        statements_done: i32,
        /// The database of the tool.
        database: &'static str,
    },
    /// The journal could not be read.
    #[error("cannot read the journal")]
    Journal {
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// The run had to end at once, before its first step.
    #[error("the run was given up before its first step")]
    Lost(#[source] Lost),
    /// A migration failed.
    #[error(transparent)]
    Apply(#[from] Box<ApplyError>),
    /// A migration failed because an extension could not be created.
    #[error("{failed}")]
    Extension {
        /// The migration, and what was applied before it.
        failed: Box<ApplyError>,
        /// What to do about it.
        #[source]
        way_out: Box<SetupError>,
    },
    /// The database could not be emptied.
    #[error("cannot empty `{name}`; nothing was dropped")]
    Empty {
        /// What the server calls the database.
        name: String,
        /// What the server said.
        #[source]
        source: DbErr,
    },
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
    /// A migration would lose data of a production database, and nobody agreed to that.
    #[error("`{migration}` needs `--allow-hazard {hazard}`: {}", hazard.why())]
    Hazard {
        /// The migration's name.
        migration: String,
        /// What is dangerous in it.
        hazard: Hazard,
    },
    /// How large the tables are could not be read.
    #[error("cannot read how large the tables are")]
    Sizes {
        /// What the server said.
        #[source]
        source: DbErr,
    },
}
