//! The SQL script of a run: what `migrate` or `rollback` would execute, for psql.
//!
//! Replays the lineage in a shadow and records what the steps issue there. Nothing is read of the
//! database itself but its history, and that by the caller.

mod around;
mod guard;
mod step;

use crate::{
    apply::Patience,
    database::Database,
    plan::{Direction, Plan},
    record::Recording,
    schema::{Migration, Schema},
    shadow::{Place, Shadow, ShadowError},
    sql::SqlError,
};

/// Why there is no script.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// The migrations do not run in a shadow, or cannot be recorded there.
    #[error(transparent)]
    Shadow(#[from] ShadowError),
    /// The head of an SQL migration cannot be understood.
    #[error("`{migration}` has a header that makes no sense")]
    Header {
        /// The migration's name.
        migration: String,
        /// What is wrong with it.
        #[source]
        source: SqlError,
    },
}

/// What a script is made for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The database.
    pub database: &'a Database,
    /// Its schema.
    pub schema: &'a Schema,
    /// The migrations that it has applied.
    pub applied: &'a [String],
    /// The steps.
    pub plan: &'a Plan,
    /// How the script treats what is in its way; it tries nothing again.
    pub patience: Patience,
    /// The version of the tool, which the journal keeps.
    pub tool_version: &'a str,
}

/// What was recorded for a script, before it is text.
struct Recorded<'a> {
    install: Recording,
    managed: Recording,
    steps: Vec<(&'a Migration, Recording)>,
}

/// Writes the script.
///
/// # Errors
///
/// [`ScriptError`], by what went wrong.
pub async fn write(wanted: &Wanted<'_>, place: &Place) -> Result<String, ScriptError> {
    if wanted.plan.steps.is_empty() {
        return Ok(around::nothing(wanted));
    }
    let shadow = Shadow::open(place).await?;
    let result = record(&shadow, wanted).await;
    let closed = shadow.close().await;
    let recorded = result?;
    closed?;
    text(wanted, &recorded)
}

async fn record<'a>(shadow: &Shadow, wanted: &Wanted<'a>) -> Result<Recorded<'a>, ShadowError> {
    let Wanted { schema, applied, plan, .. } = *wanted;
    let install = shadow.record_install(schema).await?;
    let managed = shadow.record_managed(schema).await?;
    shadow.bring_to(schema, applied).await?;
    let mut steps = Vec::new();
    for step in &plan.steps {
        let migration = &schema.migrations[*step];
        steps.push((migration, shadow.record(migration, plan.direction).await?));
    }
    Ok(Recorded { install, managed, steps })
}

fn text(wanted: &Wanted<'_>, recorded: &Recorded<'_>) -> Result<String, ScriptError> {
    let direction = wanted.plan.direction;
    let mut parts = vec![around::opening(wanted), around::install(wanted, &recorded.install)];
    if direction == Direction::Up
        && let Some(managed) = wanted.schema.managed
    {
        parts.push(around::managed(managed.tables, &recorded.managed));
    }
    let mut applied = wanted.applied.to_vec();
    let count = recorded.steps.len();
    for (index, (migration, recording)) in recorded.steps.iter().enumerate() {
        parts.push(format!("-- {} of {count}: {}\n", index + 1, migration.name));
        parts.push(step::text(wanted, migration, recording, &applied)?);
        match direction {
            Direction::Up => applied.push(migration.name.clone()),
            Direction::Down => applied.retain(|name| *name != migration.name),
        }
    }
    parts.push(around::ending());
    Ok(parts.concat())
}
