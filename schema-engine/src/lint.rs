//! The hazards of migrations: what their statements say, and what they change in a catalog.
//!
//! Replays the lineage in a shadow, which it creates and drops; the rules themselves are pure.

mod allowance;
mod compiled;
mod finding;
mod foreign_keys;
mod loss;
mod rows;
mod sizes;
mod step;
mod text;

use sea_orm::DbErr;

use self::step::Step;
pub use self::{
    allowance::{Allowance, AllowanceError, allowances},
    compiled::{compiled, file, text},
    finding::{Finding, Hazards},
    sizes::{Size, Sizes},
};
use crate::{
    catalog::{self, Catalog, InspectError, Options},
    desired::{self, DesiredError, EntityError},
    hazard::Hazard,
    plan::Direction,
    record::{RecordError, Recording},
    schema::{Migration, Schema},
    server_error,
    shadow::{Place, Shadow, ShadowError},
};

/// Why migrations could not be looked at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LintError {
    /// There is no shadow, or a migration does not run in it.
    #[error(transparent)]
    Shadow(#[from] ShadowError),
    /// It is not known what the entities want.
    #[error(transparent)]
    Entities(#[from] DesiredError),
    /// What a migration made could not be read.
    #[error("cannot read what the shadow holds")]
    Inspect(#[from] InspectError),
    /// What a migration says about its hazards makes no sense.
    #[error(transparent)]
    Allowance(#[from] AllowanceError),
}

/// The SQLSTATE of a value of an enum that is used in the transaction that adds it.
const UNSAFE_NEW_ENUM_VALUE: &str = "55P04";

/// Finds the hazards of the migrations whose names are `wanted`, in lineage order, each in a
/// database that has everything before it.
///
/// # Errors
///
/// [`LintError`], by what went wrong.
pub async fn lint(
    schema: &Schema,
    place: &Place,
    wanted: &[&str],
) -> Result<Vec<Hazards>, LintError> {
    let Some(last) = schema.migrations.iter().rposition(|known| wanted.contains(&&*known.name))
    else {
        return Ok(Vec::new());
    };
    let shadow = Shadow::open(place).await?;
    let result = lint_in(&shadow, schema, &schema.migrations[..=last], wanted).await;
    let closed = shadow.close().await;
    let found = result?;
    closed?;
    Ok(found)
}

async fn lint_in(
    shadow: &Shadow,
    schema: &Schema,
    lineage: &[Migration],
    wanted: &[&str],
) -> Result<Vec<Hazards>, LintError> {
    shadow.bring_to(schema, &[]).await?;
    let entities = match desired::entities_in(shadow, schema).await {
        Err(DesiredError::Entity(EntityError::None { .. })) => Catalog::default(),
        entities => entities?,
    };
    let mut found = Vec::new();
    let mut before = None;
    for migration in lineage {
        if !wanted.contains(&&*migration.name) {
            shadow.replay(migration, Direction::Up).await?;
            before = None;
            continue;
        }
        let old = match before {
            Some(catalog) => catalog,
            None => look(shadow).await?,
        };
        let allowed = allowances(schema, migration)?;
        let recording = match shadow.record(migration, Direction::Up).await {
            Ok(recording) => recording,
            Err(error) => {
                let Some(finding) = uses_enum_value_at_once(&error) else {
                    return Err(error.into());
                };
                found.push(Hazards::of(migration, vec![finding], &allowed));
                // What comes after it cannot be replayed.
                return Ok(found);
            }
        };
        let new = look(shadow).await?;
        let findings = findings(migration, &recording, [&old, &new], &entities);
        found.push(Hazards::of(migration, findings, &allowed));
        before = Some(new);
    }
    Ok(found)
}

async fn look(shadow: &Shadow) -> Result<Catalog, InspectError> {
    catalog::inspect(shadow.session().connection(), &Options::default()).await
}

/// All that the rules say of a migration that ran, the same thing once. Pure.
fn findings(
    migration: &Migration,
    recording: &Recording,
    [before, after]: [&Catalog; 2],
    entities: &Catalog,
) -> Vec<Finding> {
    let statements = recording.writes().collect();
    let in_transaction = migration.runs_in_transaction();
    let step = Step::new(before, after, entities, statements, in_transaction);
    let mut findings = loss::findings(&step);
    findings.extend(rows::findings(&step));
    findings.extend(foreign_keys::findings(&step));
    for finding in text::findings(&step) {
        if !findings.iter().any(|known| known.covers(&finding)) {
            findings.push(finding);
        }
    }
    findings
}

fn uses_enum_value_at_once(error: &ShadowError) -> Option<Finding> {
    let ShadowError::Record(RecordError::Migration { sql, source, .. }) = error else {
        return None;
    };
    let refused =
        |error: &DbErr| server_error::sqlstate(error).as_deref() == Some(UNSAFE_NEW_ENUM_VALUE);
    let found = || Finding::new(Hazard::EnumValueUsedAtOnce, server_error::chain(source), None);
    refused(source).then(|| Finding { statement: sql.clone(), ..found() })
}

#[cfg(all(test, feature = "embedded"))]
mod tests;
