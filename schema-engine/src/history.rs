//! The lineage beside what is known of each migration in a database. Pure.

use serde::Serialize;

use crate::{
    edited,
    journal::{self, Run},
    plan::{self, Standing},
    schema::{Kind, Schema},
    state::State,
};

/// Where a database stands.
#[derive(Debug, Serialize)]
pub struct Status {
    /// The newest applied migration of the lineage.
    pub at: Option<String>,
    /// Applied, pending, out of order, unknown.
    #[serde(flatten)]
    pub standing: Standing,
    /// Applied, and edited since.
    pub edited: Vec<String>,
    /// Begun outside a transaction, and neither finished nor looked after since.
    pub incomplete: Vec<String>,
}

impl Status {
    /// Whether it is where this build would bring it, by the migrations that this build has.
    pub fn is_at_head(&self) -> bool {
        let Standing { pending, unknown, .. } = &self.standing;
        pending.is_empty()
            && unknown.is_empty()
            && self.edited.is_empty()
            && self.incomplete.is_empty()
    }
}

/// Reads off where a database stands.
pub fn status(schema: &Schema, state: &State, runs: &[Run]) -> Status {
    let standing = plan::standing(schema, &state.applied());
    let edited = edited::edited(schema, &standing.applied, runs);
    let incomplete = journal::incomplete(runs).iter().map(|run| run.migration.clone()).collect();
    Status { at: standing.applied.last().cloned(), standing, edited, incomplete }
}

/// One migration of the lineage and what a database knows of it.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The migration's name.
    pub migration: String,
    /// How it is written; none where this build does not know it.
    pub kind: Option<Kind>,
    /// The id that Alembic knew it by.
    pub alembic_revision: Option<&'static str>,
    /// When it was applied, in seconds since 1970; none while it is pending.
    pub applied_at: Option<i64>,
    /// Its last run upwards, or its adoption; none where another tool applied it.
    pub run: Option<Run>,
    /// Whether it was edited after that.
    pub edited: bool,
}

/// The whole lineage, then what is applied and not of it.
pub fn history(schema: &Schema, state: &State, runs: &[Run]) -> Vec<Line> {
    let history = state.history.as_deref().unwrap_or_default();
    let edited = edited::edited(schema, &state.applied(), runs);
    let line = |name: &str, kind, alembic_revision| {
        let applied = history.iter().find(|applied| applied.version == name);
        let last = runs
            .iter()
            .rev()
            .find(|run| run.migration == name && run.direction == "up" && run.is_done());
        Line {
            migration: name.to_owned(),
            kind,
            alembic_revision,
            applied_at: applied.map(|applied| applied.applied_at),
            run: applied.and(last).cloned(),
            edited: edited.iter().any(|edited| edited == name),
        }
    };
    let known = schema
        .migrations
        .iter()
        .map(|migration| line(&migration.name, Some(migration.kind), migration.alembic_revision));
    let unknown = history.iter().filter(|applied| schema.find(&applied.version).is_none());
    known.chain(unknown.map(|applied| line(&applied.version, None, None))).collect()
}
