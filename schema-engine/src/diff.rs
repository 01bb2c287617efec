//! Two catalogs give the changes that turn one into the other, in an order in which each can be
//! made. Pure.
//!
//! A [`Change`] knows what it is about and what it costs; its SQL is in [`crate::render::sql`].

mod aspect;
mod change;
mod columns;
mod constraints;
mod cost;
mod describe;
mod draft;
mod fates;
mod heritage;
mod indexes;
mod namesakes;
mod object;
mod order;
mod others;
mod rank;
mod rename;
mod routines;
mod schemas;
mod sequences;
mod sql;
mod step;
mod tables;
mod triggers;
mod trunk;
mod types;
mod views;

use std::{borrow::Cow, collections::BTreeMap};

use crate::catalog::Catalog;

pub use aspect::{
    AttributeAction, ColumnAspect, Commented, Constrained, DomainAspect, LabelPlace, RebuiltType,
    RetypedColumn, TableAspect, TypeDefinition,
};
pub use change::Change;
pub use rename::{Rename, renamed, renames};

use draft::Draft;

/// The parts of one kind that a thing had and has.
type Pair<'a, T> = (&'a BTreeMap<String, T>, &'a BTreeMap<String, T>);

/// Gives what turns `from` into `to`, the same for the same catalogs.
///
/// What no statement can change is no difference: the order of the columns of a table and of the
/// attributes of a type, and whether what a child has of its parent is its own as well. An object of
/// a kind that PostgreSQL cannot write down is a difference for which there is no SQL.
pub fn diff(from: &Catalog, to: &Catalog) -> Vec<Change> {
    diff_with(from, to, &[])
}

/// Gives what turns `from` into `to` where those `renames` are known, of which tables come before
/// their columns.
///
/// Without them, what has another name goes with all that it holds, and comes empty; but what holds
/// nothing itself, a constraint or an index, is the same by what it does. A rename of what is not
/// there, or to what is, counts for nothing.
pub fn diff_with(from: &Catalog, to: &Catalog, renames: &[Rename]) -> Vec<Change> {
    let mut from = Cow::Borrowed(from);
    let mut changes = Vec::new();
    for rename in renames {
        if rename.is_possible(&from) {
            rename.apply(from.to_mut());
            changes.push(rename.change());
        }
    }
    let namesakes = namesakes::name_alike(&mut from, to);
    changes.extend(namesakes.iter().map(Rename::change));
    let mut draft = Draft::of(&from, to);
    schemas::compare(&mut draft);
    types::compare(&mut draft);
    sequences::compare(&mut draft);
    tables::compare(&mut draft);
    views::compare(&mut draft);
    routines::compare(&mut draft);
    others::compare(&mut draft);
    changes.extend(draft.finish());
    changes
}
