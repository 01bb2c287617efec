//! What is wrong with a lineage. Pure.

use std::fmt;

use serde::Serialize;

use super::moment::Moment;
use crate::{
    edited,
    journal::Run,
    plan::{self, Standing},
    schema::Schema,
};

/// Something that a lineage does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "flaw", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Flaw {
    /// `down` did not bring back what was before `up`.
    NotReverted {
        /// The migration's name, or none where it is all of them together.
        migration: Option<String>,
        /// What is there that was not.
        left: Vec<String>,
        /// What was there and is not.
        lost: Vec<String>,
    },
    /// After `down`, `up` did not make what it had made at first.
    NotRepeated {
        /// The migration's name, or none where it is all of them together.
        migration: Option<String>,
        /// What is there that was not.
        left: Vec<String>,
        /// What was there and is not.
        lost: Vec<String>,
    },
    /// `down` fails.
    Irreversible {
        /// The migration's name.
        migration: String,
        /// What was said.
        error: String,
    },
    /// `up` fails the second time; the migrations after it were not verified.
    Unrepeatable {
        /// The migration's name.
        migration: String,
        /// What was said.
        error: String,
    },
    /// The entities want something else than the migrations make.
    Entities {
        /// What, a line each.
        differences: Vec<String>,
    },
    /// The checksum beside the lineage is not the migration's.
    Stale {
        /// The migration's name.
        migration: String,
    },
    /// The database has it applied, and this build does not know it.
    Unknown {
        /// The migration's name.
        migration: String,
    },
    /// It is pending, and older than the newest that is applied.
    OutOfOrder {
        /// The migration's name.
        migration: String,
    },
    /// What the database's journal says that ran is not what this build has.
    Edited {
        /// The migration's name.
        migration: String,
    },
}

impl Flaw {
    /// What is wrong with the history of a database, by its journal and this build.
    pub fn of_history(schema: &Schema, applied: &[String], runs: &[Run]) -> Vec<Self> {
        let Standing { unknown, out_of_order, .. } = plan::standing(schema, applied);
        let edited = edited::edited(schema, applied, runs).into_iter();
        edited
            .map(|migration| Self::Edited { migration })
            .chain(unknown.into_iter().map(|migration| Self::Unknown { migration }))
            .chain(out_of_order.into_iter().map(|migration| Self::OutOfOrder { migration }))
            .collect()
    }

    pub(super) fn of_revert(
        migration: Option<String>,
        before: &Moment,
        reverted: &Moment,
    ) -> Option<Self> {
        let (left, lost) = (reverted.beyond(before), before.beyond(reverted));
        let is_clean = left.is_empty() && lost.is_empty();
        (!is_clean).then_some(Self::NotReverted { migration, left, lost })
    }

    pub(super) fn of_repetition(
        migration: Option<String>,
        first: &Moment,
        again: &Moment,
    ) -> Option<Self> {
        let (left, lost) = (again.beyond(first), first.beyond(again));
        let is_same = left.is_empty() && lost.is_empty();
        (!is_same).then_some(Self::NotRepeated { migration, left, lost })
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReverted { migration, left, lost } => {
                write!(
                    formatter,
                    "{} does not bring back what was",
                    way("down", migration.as_deref())
                )?;
                list(formatter, left, lost)
            }
            Self::NotRepeated { migration, left, lost } => {
                let up = way("up", migration.as_deref());
                write!(formatter, "{up} makes something else after `down`")?;
                list(formatter, left, lost)
            }
            Self::Irreversible { migration, error } => {
                write!(formatter, "`down` of {migration} fails: {error}")
            }
            Self::Unrepeatable { migration, error } => write!(
                formatter,
                "`up` of {migration} fails after `down`, what follows it was not verified: {error}"
            ),
            Self::Entities { differences } => {
                write!(formatter, "entities and migrations differ; `check` says more")?;
                differences.iter().try_for_each(|line| write!(formatter, "\n  {line}"))
            }
            Self::Stale { migration } => write!(
                formatter,
                "the checksum of {migration} is stale; `cargo xtask checksums` writes it"
            ),
            Self::Unknown { migration } => {
                write!(formatter, "{migration} is applied, and this build does not know it")
            }
            Self::OutOfOrder { migration } => write!(
                formatter,
                "{migration} is pending, and older than the newest that is applied; `migrate \
                 --allow-out-of-order` applies it"
            ),
            Self::Edited { migration } => write!(
                formatter,
                "{migration} was edited after it ran; write the next migration instead"
            ),
        }
    }
}

fn way(direction: &str, migration: Option<&str>) -> String {
    match migration {
        Some(migration) => format!("`{direction}` of {migration}"),
        None => format!("`{direction}` of the whole lineage"),
    }
}

/// What is there too much and what is missing, a line each.
fn list(formatter: &mut fmt::Formatter<'_>, left: &[String], lost: &[String]) -> fmt::Result {
    for (word, lines) in [("left", left), ("lost", lost)] {
        for line in lines {
            write!(formatter, "\n  {word}: {line}")?;
        }
    }
    Ok(())
}
