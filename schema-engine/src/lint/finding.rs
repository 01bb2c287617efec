//! A hazard where it was found. Pure.

use std::fmt;

use serde::Serialize;

use super::{Allowance, Size, Sizes};
use crate::{hazard::Hazard, schema::Migration};

/// A hazard, and what it is a hazard to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which.
    pub hazard: Hazard,
    /// What it is about, such as `column public.users.email`.
    pub object: String,
    /// The table whose rows and users are concerned, if it is one; on an empty one there is no
    /// hazard.
    pub table: Option<String>,
    /// The statement that says so, if it was the statement.
    pub statement: Option<String>,
    /// Why whoever wrote the migration let it pass, if somebody did.
    pub allowed: Option<String>,
}

impl Finding {
    /// One that nobody let pass, and that no single statement says.
    pub(super) fn new(hazard: Hazard, object: String, table: Option<String>) -> Self {
        Self { hazard, object, table, statement: None, allowed: None }
    }

    /// Whether it says all that `other` says.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let is_same = match (self.hazard, other.hazard) {
            (Hazard::DropColumnOfEntity, Hazard::DropColumn) => true,
            (known, found) => known == found,
        };
        is_same && self.table == other.table
    }

    /// Whether it is one in a database with tables of these sizes.
    pub fn concerns(&self, sizes: &Sizes) -> bool {
        self.table.as_ref().is_none_or(|table| sizes.of(table) != Size::Empty)
    }
}

/// What was found in one migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hazards {
    /// The migration's name.
    pub migration: String,
    /// Each hazard.
    pub findings: Vec<Finding>,
}

impl Hazards {
    /// Marks what `allowances` speak of.
    pub(super) fn of(
        migration: &Migration,
        mut findings: Vec<Finding>,
        allowances: &[Allowance],
    ) -> Self {
        for finding in &mut findings {
            let allowance = allowances.iter().find(|it| it.hazard == finding.hazard);
            finding.allowed = allowance.map(|allowance| allowance.reason.clone());
        }
        Self { migration: migration.name.clone(), findings }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.hazard, self.object)
    }
}
