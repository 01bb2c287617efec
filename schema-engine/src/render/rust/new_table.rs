//! A new table with what is made along with it: its keys, its indexes, the sequences that it counts
//! by. Pure.

use std::collections::BTreeSet;

use super::{
    build::{build, built},
    columns, indexes,
    steps::Step,
    tables,
};
use crate::{
    catalog::{
        QualifiedName,
        model::{ConstraintKind, ForeignKey, KeySource},
    },
    diff::{Change, Constrained},
};

/// The statements that make a table with those foreign keys and indexes that can be made at once;
/// none where no builder makes the table.
pub(super) fn steps(changes: &[Change], place: usize, folded: &mut [bool]) -> Vec<Step> {
    let Change::CreateTable { name: of, table } = &changes[place] else { return Vec::new() };
    let keys = ready_keys(of, changes, place);
    let foreign_keys: Vec<_> = keys.iter().map(|(_, name, key)| (*name, *key)).collect();
    let Some(argument) = tables::create(of, table, &foreign_keys) else { return Vec::new() };
    let mut steps = vec![build("create_table", &of.name, argument)];
    for (at, ..) in keys {
        folded[at] = true;
    }
    for (at, change) in changes.iter().enumerate().skip(place) {
        let is_ours = matches!(
            change,
            Change::CreateIndex { table, name, .. }
                if table == of && !changes[place..at].iter().any(|it| frees_name(it, name))
        );
        if let Some(step) = built(change).filter(|_| is_ours) {
            steps.push(step);
            folded[at] = true;
        }
    }
    steps
}

/// Whether a change gives a name back that an index could have.
fn frees_name(change: &Change, wanted: &str) -> bool {
    match change {
        Change::DropIndex { name, .. } | Change::DropConstraint { name, .. } => name == wanted,
        Change::RenameIndex { from, .. } | Change::RenameConstraint { from, .. } => from == wanted,
        Change::DropTable { table, .. } => table.indexes.contains_key(wanted),
        _ => false,
    }
}

/// The foreign keys of a new table that have all that they refer to, with their places.
fn ready_keys<'a>(
    of: &QualifiedName,
    changes: &'a [Change],
    place: usize,
) -> Vec<(usize, &'a String, &'a ForeignKey)> {
    let is_ready = |key: &ForeignKey| !changes[place + 1..].iter().any(|it| is_ground(it, key));
    let keys = changes.iter().enumerate().filter_map(|(at, change)| match change {
        Change::AddConstraint { of: Constrained::Table(table), name, constraint, .. }
            if table == of && constraint.comment.is_none() =>
        {
            let ConstraintKind::ForeignKey(key) = &constraint.kind else { return None };
            let is_sayable = indexes::foreign_key(of, name, key).is_some();
            (is_ready(key) && is_sayable).then_some((at, name, key))
        }
        _ => None,
    });
    keys.collect()
}

/// Whether a change makes what a foreign key refers to.
fn is_ground(change: &Change, key: &ForeignKey) -> bool {
    let columns: Vec<&String> = match change {
        Change::CreateTable { name, .. } => return *name == key.referenced_table,
        Change::AddConstraint { of, constraint, .. } if *of.name() == key.referenced_table => {
            match &constraint.kind {
                ConstraintKind::PrimaryKey(it) | ConstraintKind::Unique(it) => {
                    it.columns.iter().collect()
                }
                _ => return false,
            }
        }
        Change::CreateIndex { table, index, .. }
            if *table == key.referenced_table && index.is_unique =>
        {
            let columns = index.keys.iter().filter_map(|key| match &key.source {
                KeySource::Column(column) => Some(column),
                KeySource::Expression(_) => None,
            });
            columns.collect()
        }
        _ => return false,
    };
    columns.into_iter().collect::<BTreeSet<_>>() == key.referenced_columns.iter().collect()
}

/// Whether a sequence comes with the column of a table that is made by a builder; then what gives it
/// to the column is done too.
pub(super) fn has_sequence(changes: &[Change], place: usize, folded: &mut [bool]) -> bool {
    let Change::CreateSequence { name, sequence } = &changes[place] else { return false };
    let Some(owner) = &sequence.owner else { return false };
    let is_made = changes.iter().any(|change| match change {
        Change::CreateTable { name: table, table: found } => {
            *table == owner.table
                && found.column(&owner.column).is_some_and(|it| columns::is_serial(table, it))
                && tables::create(table, found, &[]).is_some()
        }
        _ => false,
    });
    let counts_on = sequence.options.counting().is_empty() && !sequence.is_unlogged;
    let is_usual = *name == columns::sequence(&owner.table, &owner.column)
        && sequence.comment.is_none()
        && counts_on;
    if is_made && is_usual {
        for (at, change) in changes.iter().enumerate() {
            folded[at] |= matches!(change, Change::SetSequenceOwner { name: of, .. } if of == name);
        }
    }
    is_made && is_usual
}
