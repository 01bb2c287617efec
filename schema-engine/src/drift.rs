//! `diff`: a database against what its own migrations give.
//!
//! Reads the database, and replays in a shadow what it has applied.

use sea_orm::DbErr;
use serde::Serialize;

use crate::{
    adopt::{self, AdoptError, Difference, Lineage},
    catalog::{self, InspectError, Options},
    open::Opened,
    shadow::Place,
    state::{ALEMBIC_TABLE, HISTORY_TABLE, JOURNAL_TABLE},
};

/// How a database differs from what its migrations give.
#[derive(Debug, Clone, Serialize)]
pub struct Drift {
    /// The newest migration that it has.
    pub at: Option<String>,
    /// What differs, and nobody has accepted.
    pub differences: Vec<Difference>,
    /// The statements that make the database what its migrations give, in their order.
    pub sql: Vec<String>,
    /// Those that make what the migrations give what the database is.
    pub sql_back: Vec<String>,
    /// What differs and was accepted when the database was taken over.
    pub accepted: Vec<Difference>,
    /// What the lineage knows nothing of.
    pub left_alone: Vec<String>,
    /// The tables that say what ran.
    pub own_tables: Vec<&'static str>,
}

/// Why it is not known how a database differs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DriftError {
    /// Nobody knows which migrations it has.
    #[error(
        "`{name}` was migrated by Alembic and not taken over: `adopt {database}` compares it with \
         its migrations"
    )]
    NotAdopted {
        /// What the server calls the database.
        name: String,
        /// The database of the tool.
        database: &'static str,
    },
    /// The lineage could not be replayed.
    #[error(transparent)]
    Lineage(#[from] AdoptError),
    /// The catalog of the database could not be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
    /// The journal could not be read.
    #[error("cannot read what was accepted of the database")]
    Journal(#[source] DbErr),
}

/// Compares a database with what the migrations give that it has applied.
///
/// # Errors
///
/// [`DriftError`], by what went wrong.
pub async fn drift(opened: &Opened<'_>, place: &Place) -> Result<Drift, DriftError> {
    let Opened { schema, state, .. } = opened;
    if state.history.is_none() && state.alembic_versions.is_some() {
        let (name, database) = (state.name.clone(), opened.located.database.name);
        return Err(DriftError::NotAdopted { name, database });
    }
    let db = opened.session.connection();
    let live = catalog::inspect(db, &Options::default()).await?;
    let accepted = adopt::accepted(db, state).await.map_err(DriftError::Journal)?;
    let names = schema.names();
    let applied = state.applied();
    let applied: Vec<String> = names
        .into_iter()
        .filter(|name| applied.iter().any(|it| it == name))
        .map(str::to_owned)
        .collect();
    let lineage = Lineage::replay(schema, place).await?;
    let findings = lineage.comparison(schema, &applied, place).await?.with(live);
    let (findings, accepted) = findings.without(&accepted);
    let is_there = |table: &&str| state.tables.iter().any(|it| it == table);
    let own_tables = [HISTORY_TABLE, JOURNAL_TABLE, ALEMBIC_TABLE];
    Ok(Drift {
        at: applied.last().cloned(),
        sql: findings.steps.into_iter().map(|step| step.sql).collect(),
        sql_back: findings.back.into_iter().map(|step| step.sql).collect(),
        differences: findings.differences,
        accepted,
        left_alone: findings.left_alone,
        own_tables: own_tables.into_iter().filter(is_there).collect(),
    })
}
