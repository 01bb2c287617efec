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
mod tests {
    use super::*;
    use crate::fixtures;

    fn lineage() -> Schema {
        fixtures::schema(&[
            ("m1_0_a", Some("r1")),
            ("m2_0_b", None),
            ("m3_0_c", None),
            ("m4_0_d", None),
        ])
    }

    /// `applied` as short numbers, `x` for one that the build lacks.
    fn applied(text: &str) -> Vec<String> {
        text.chars()
            .map(|digit| match digit {
                '1' => "m1_0_a".to_owned(),
                '2' => "m2_0_b".to_owned(),
                '3' => "m3_0_c".to_owned(),
                '4' => "m4_0_d".to_owned(),
                _ => format!("m9_0_{digit}"),
            })
            .collect()
    }

    fn goal(text: &str) -> Goal {
        match text {
            "end" => Goal::End,
            number if number.parse::<usize>().is_ok() => Goal::Steps(number.parse().unwrap()),
            target => Goal::Target(target.to_owned()),
        }
    }

    fn show(plan: Result<Plan, PlanError>) -> String {
        match plan {
            Ok(plan) => plan.steps.iter().map(|step| (step + 1).to_string()).collect(),
            Err(error) => format!("error: {error}"),
        }
    }

    fn check_up(history: &str, to: &str, expected: &str) {
        let plan = up(&lineage(), &applied(history), &goal(to), false);
        assert_eq!(show(plan), expected, "up from `{history}` to `{to}`");
    }

    fn check_down(history: &str, to: &str, expected: &str) {
        let plan = down(&lineage(), &applied(history), &goal(to));
        assert_eq!(show(plan), expected, "down from `{history}` to `{to}`");
    }

    #[test]
    fn migrate_applies_what_is_pending_up_to_the_goal() {
        check_up("", "end", "1234");
        check_up("12", "end", "34");
        check_up("1234", "end", "");
        check_up("1", "2", "23");
        check_up("1", "9", "234");
        check_up("", "b", "12");
        check_up("", "r1", "1");
        check_up("12", "m1", "error: `m1_0_a` is applied already: nothing to do");
    }

    #[test]
    fn migrate_refuses_a_history_that_it_does_not_understand() {
        check_up(
            "1x",
            "end",
            "error: the database has applied migrations that this build does not know: m9_0_x; \
             use a build that has them",
        );
        check_up(
            "13",
            "end",
            "error: pending migrations are older than the newest applied one: m2_0_b; \
             `--allow-out-of-order` applies them all the same",
        );
        assert_eq!(show(up(&lineage(), &applied("13"), &Goal::End, true)), "24");
    }

    #[test]
    fn rollback_reverts_the_newest_first() {
        check_down("1234", "1", "4");
        check_down("1234", "3", "432");
        check_down("12", "9", "21");
        check_down("1234", "base", "4321");
        check_down("1234", "b", "43");
        check_down("134", "1", "4");
        check_down("", "1", "");
        check_down("1", "b", "error: `m2_0_b` is reverted already: nothing to do");
        check_down("12", "b", "error: `m2_0_b` is the newest applied already: nothing to do");
    }

    #[test]
    fn standing_sorts_every_migration_into_its_place() {
        let standing = standing(&lineage(), &applied("13x"));
        assert_eq!(standing.applied, applied("13"));
        assert_eq!(standing.pending, applied("24"));
        assert_eq!(standing.out_of_order, applied("2"));
        assert_eq!(standing.unknown, applied("x"));
    }
}
