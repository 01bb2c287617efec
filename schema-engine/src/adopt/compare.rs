//! What a database holds against what its migrations give. Pure.

use super::{
    Difference,
    group::{self, Step},
    lineage::Known,
    managed, settle,
};
use crate::{catalog::Catalog, schema::Schema};

/// What a database is held against.
#[derive(Debug)]
pub struct Comparison<'a> {
    pub(super) schema: &'a Schema,
    /// What is there before the first migration.
    pub(super) base: Catalog,
    /// What the migrations that the database has give.
    pub(super) expected: Catalog,
    /// What the whole lineage knows of.
    pub(super) known: Known,
}

/// What came of it.
#[derive(Debug)]
pub struct Findings {
    /// How the database differs.
    pub differences: Vec<Difference>,
    /// What mends that, in the order in which it can run.
    pub steps: Vec<Step>,
    /// What would make of what is expected what was found.
    pub back: Vec<StepBack>,
    /// What the database has besides, and nobody minds.
    pub left_alone: Vec<String>,
}

/// A statement that brings back what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepBack {
    /// The object that it is for.
    pub object: String,
    /// The statement.
    pub sql: String,
}

impl Comparison<'_> {
    /// Compares `live` with what is expected.
    pub fn with(&self, mut live: Catalog) -> Findings {
        let mut expected = self.expected.clone();
        let left_alone = settle::leave_alone(&mut live, &expected, &self.known);
        settle::accept_uuid_defaults(&mut live, &expected);
        if let Some(managed) = self.schema.managed {
            managed::leave_managed(&mut live, &mut expected, &self.base, &self.known, managed);
        }
        let (differences, steps) = group::group(&live, &expected);
        let (gone, back) = group::group(&expected, &live);
        let back = back
            .into_iter()
            .map(|step| StepBack { object: gone[step.difference].object.clone(), sql: step.sql });
        Findings { differences, steps, back: back.collect(), left_alone }
    }
}
