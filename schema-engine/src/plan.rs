//! Decides what a run does: the lineage and what is applied of it give the steps. Pure.

use std::collections::HashSet;

use serde::Serialize;
use sql_migration::SqlMigration;

use crate::{
    schema::Schema,
    target::{self, TargetError},
};

/// Which way a migration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It is applied.
    Up,
    /// It is reverted.
    Down,
}

impl Direction {
    /// The word that the journal and the output use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    /// A run of `migration`, as a sentence names it.
    pub(crate) fn step(self, migration: &str) -> String {
        match self {
            Self::Up => format!("`{migration}`"),
            Self::Down => format!("the revert of `{migration}`"),
        }
    }

    /// What runs of the files of a migration.
    pub(crate) fn text_of(self, files: SqlMigration) -> &'static str {
        match self {
            Self::Up => files.up,
            Self::Down => files.down,
        }
    }
}

/// The steps of a run, in the order they are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which way all of them go.
    pub direction: Direction,
    /// Places in the lineage.
    pub steps: Vec<usize>,
}

/// How far a run goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// Up: everything pending. Down: everything applied.
    End,
    /// So many steps.
    Steps(usize),
    /// Up: ends with this one applied. Down: keeps this one and reverts what follows it.
    Target(String),
}

/// What an applied migration's place in the lineage says about it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Applied, in lineage order.
    pub applied: Vec<String>,
    /// Not applied, in lineage order.
    pub pending: Vec<String>,
    /// Pending although a later one is applied.
    pub out_of_order: Vec<String>,
    /// Applied, but no migration of this build.
    pub unknown: Vec<String>,
}

/// Why there is no plan.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The database is ahead of this build, or another lineage's.
    #[error(
        "the database has applied migrations that this build does not know: {}; \
         use a build that has them",
        names.join(", ")
    )]
    UnknownApplied {
        /// Their names.
        names: Vec<String>,
    },
    /// A pending migration is older than an applied one.
    #[error(
        "pending migrations are older than the newest applied one: {}; \
         `--allow-out-of-order` applies them all the same",
        names.join(", ")
    )]
    OutOfOrder {
        /// Their names.
        names: Vec<String>,
    },
    /// The target is where the run would have to start from, or behind it.
    #[error("`{target}` is {already} already: nothing to do")]
    AlreadyThere {
        /// The migration that was named.
        target: String,
        /// `applied` or `reverted`.
        already: &'static str,
    },
    /// The target names no single migration.
    #[error(transparent)]
    Target(#[from] TargetError),
}

/// How the lineage of `schema` and the `applied` migrations of a database compare.
pub fn standing(schema: &Schema, applied: &[String]) -> Standing {
    let names = schema.names();
    let recorded: HashSet<&str> = applied.iter().map(String::as_str).collect();
    let newest = names.iter().rposition(|name| recorded.contains(name));
    let mut standing = Standing::default();
    for (index, name) in names.iter().enumerate() {
        if recorded.contains(name) {
            standing.applied.push((*name).to_owned());
        } else {
            standing.pending.push((*name).to_owned());
            if newest.is_some_and(|newest| index < newest) {
                standing.out_of_order.push((*name).to_owned());
            }
        }
    }
    standing.unknown =
        applied.iter().filter(|name| !names.contains(&name.as_str())).cloned().collect();
    standing
}

/// What `migrate` does.
///
/// # Errors
///
/// [`PlanError`]: the history does not fit this build, or the goal does not fit the history.
pub fn up(
    schema: &Schema,
    applied: &[String],
    goal: &Goal,
    allow_out_of_order: bool,
) -> Result<Plan, PlanError> {
    let standing = standing(schema, applied);
    refuse_unknown(&standing)?;
    let is_pending = |index: &usize| standing.pending.contains(&schema.migrations[*index].name);
    let mut steps: Vec<usize> = (0..schema.migrations.len()).filter(is_pending).collect();
    match goal {
        Goal::End => {}
        Goal::Steps(number) => steps.truncate(*number),
        Goal::Target(target) => {
            let target = target::resolve(schema, target)?;
            if !steps.contains(&target) {
                let target = schema.migrations[target].name.clone();
                return Err(PlanError::AlreadyThere { target, already: "applied" });
            }
            steps.retain(|step| *step <= target);
        }
    }
    let late = |step: &&usize| standing.out_of_order.contains(&schema.migrations[**step].name);
    let names: Vec<String> =
        steps.iter().filter(late).map(|step| schema.migrations[*step].name.clone()).collect();
    if !names.is_empty() && !allow_out_of_order {
        return Err(PlanError::OutOfOrder { names });
    }
    Ok(Plan { direction: Direction::Up, steps })
}

/// What `rollback` does. The target `base` stands for the state before the first migration.
///
/// # Errors
///
/// [`PlanError`]: the history does not fit this build, or the goal does not fit the history.
pub fn down(schema: &Schema, applied: &[String], goal: &Goal) -> Result<Plan, PlanError> {
    let standing = standing(schema, applied);
    refuse_unknown(&standing)?;
    let is_applied = |index: &usize| standing.applied.contains(&schema.migrations[*index].name);
    let mut steps: Vec<usize> = (0..schema.migrations.len()).filter(is_applied).rev().collect();
    match goal {
        Goal::End => {}
        Goal::Steps(number) => steps.truncate(*number),
        Goal::Target(target) if target == BASE => {}
        Goal::Target(target) => {
            let target = target::resolve(schema, target)?;
            let is_target_applied = steps.contains(&target);
            steps.retain(|step| *step > target);
            if !is_target_applied || steps.is_empty() {
                let already = if is_target_applied { "the newest applied" } else { "reverted" };
                let target = schema.migrations[target].name.clone();
                return Err(PlanError::AlreadyThere { target, already });
            }
        }
    }
    Ok(Plan { direction: Direction::Down, steps })
}

/// The target of a rollback that leaves nothing applied.
pub const BASE: &str = "base";

fn refuse_unknown(standing: &Standing) -> Result<(), PlanError> {
    if standing.unknown.is_empty() {
        Ok(())
    } else {
        Err(PlanError::UnknownApplied { names: standing.unknown.clone() })
    }
}

#[cfg(test)]
mod tests;
