//! What turns what the migrations make into what the entities want. Pure.
//!
//! An entity says less than a migration: what it cannot say is no difference, and is dropped only
//! with a column that it stands on. The changes are those of [`crate::diff`], to what the migrations
//! would have to make for both to be true.

mod columns;
mod existence;
mod foreign_keys;
mod indexes;
mod names;
mod remains;
mod renames;
mod report;
mod sequences;
mod types;
mod wanted;

use self::wanted::wanted;
pub use self::{
    renames::{RenameError, read_renames},
    report::{Difference, Report},
};
use crate::{
    catalog::Catalog,
    desired::States,
    diff::{self, Change, Rename},
};

/// How the migrations differ from the entities.
#[derive(Debug)]
pub struct Comparison {
    /// What the migrations make.
    from: Catalog,
    /// What they would have to make.
    to: Catalog,
    renames: Vec<Rename>,
}

impl Comparison {
    /// Compares, where those `renames` are known.
    pub fn of(states: &States, renames: &[Rename]) -> Self {
        let from = states.migrations.clone();
        let to = wanted(&diff::renamed(&from, renames), &states.entities);
        Self { from, to, renames: renames.to_vec() }
    }

    /// What the next migration has to do, in its order.
    pub fn changes(&self) -> Vec<Change> {
        diff::diff_with(&self.from, &self.to, &self.renames)
    }

    /// What takes that back.
    pub fn changes_back(&self) -> Vec<Change> {
        diff::diff_with(&self.to, &self.from, &renames::reversed(&self.renames))
    }

    /// What may be a rename, though nobody has said so.
    pub fn offers(&self) -> Vec<Rename> {
        diff::renames(&diff::renamed(&self.from, &self.renames), &self.to)
    }
}
