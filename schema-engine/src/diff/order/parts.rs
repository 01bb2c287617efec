//! That the parts of a thing come and go within its life, and what steps say themselves. Pure.

use std::collections::HashMap;

use super::{
    super::{
        Change, constraints,
        rank::Rank,
        step::{Effect, Step},
    },
    graph::Graph,
    index::{Index, wholes},
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ConstraintKind, Object, Validity},
};

impl Graph {
    /// What steps say themselves, and that the parts of a thing come and go within its life.
    pub(super) fn add_own(&mut self, index: &Index<'_>, to: &Catalog, steps: &[Step]) {
        let mut indexes: HashMap<&QualifiedName, Vec<usize>> = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            if let Change::CreateIndex { table, .. } = creation(&step.change) {
                indexes.entry(table).or_default().push(place);
            }
        }
        for (place, step) in steps.iter().enumerate() {
            for object in &step.needs {
                for effect in [Effect::Create, Effect::Alter, Effect::Shake] {
                    self.add(index.steps(effect, object), &[place]);
                }
            }
            for object in &step.frees {
                self.add(&[place], index.steps(Effect::Drop, object));
            }
            for (effect, object) in &step.effects {
                let Some(of) = object.container() else { continue };
                let table = Object::Table(of.clone());
                let whole = to.tables.get(of).and_then(|table| table.partition.as_ref());
                let of_whole = whole.and_then(|whole| indexes.get(&whole.of));
                let of_whole = of_whole.map_or(&[][..], Vec::as_slice);
                if is_index_alone(&step.change) {
                    self.add(of_whole, &[place]);
                }
                if is_index_gone(&step.change) {
                    self.add(&[place], of_whole);
                    self.add(&[place], index.exact(Effect::Join, &table));
                }
                // What a whole and its part share is shared alone before they meet, and after.
                for leaving in index.exact(Effect::Leave, &table) {
                    let is_before = match step.rank {
                        Rank::DropTrigger => false,
                        Rank::DropForeignKey => {
                            is_left_alone(&steps[*leaving].change, of, &step.change)
                        }
                        _ => true,
                    };
                    if is_before {
                        self.add(&[*leaving], &[place]);
                    }
                }
                for joining in index.exact(Effect::Join, &table) {
                    let is_inherited =
                        is_other_for_child(&step.change, to, &steps[*joining].change);
                    if is_inherited || is_index_alone(&step.change) {
                        self.add(&[*joining], &[place]);
                    } else if step.rank < Rank::Attach {
                        self.add(&[place], &[*joining]);
                    }
                }
                for whole in wholes(of) {
                    match effect {
                        Effect::Drop => self.add(&[place], index.exact(Effect::Drop, &whole)),
                        _ => self.add(index.exact(Effect::Create, &whole), &[place]),
                    }
                }
            }
        }
    }
}

/// What is dropped, be it for a while.
pub(super) fn removal(change: &Change) -> &Change {
    match change {
        Change::Replace { drop, .. } | Change::Suspend { drop } => drop,
        other => other,
    }
}

/// What is made, be it again.
pub(super) fn creation(change: &Change) -> &Change {
    match change {
        Change::Replace { create, .. } | Change::Restore { create, .. } => create,
        other => other,
    }
}

/// Whether a foreign key of `of` goes after `leaving`: what leaves would else lose its own with it;
/// but what the key refers to goes after the key.
fn is_left_alone(leaving: &Change, of: &QualifiedName, drop: &Change) -> bool {
    let (Change::DetachPartition { name, .. } | Change::AlterTable { name, .. }) = leaving else {
        return false;
    };
    let refers = match removal(drop) {
        Change::DropConstraint { constraint, .. } => match &constraint.kind {
            ConstraintKind::ForeignKey(key) => key.referenced_table == *name,
            _ => false,
        },
        _ => true,
    };
    name == of || !refers
}

/// Whether an index is made that is no part of another: what is alike and is such a part goes before
/// it, for the server takes the first.
fn is_index_alone(change: &Change) -> bool {
    matches!(creation(change), Change::CreateIndex { index, .. } if index.parent.is_none())
}

/// Whether an index is dropped, be it to be made again.
fn is_index_gone(change: &Change) -> bool {
    matches!(removal(change), Change::DropIndex { .. })
}

/// Whether a check is made that a table has otherwise than valid, which it would be if that were made
/// below it.
fn is_other_for_child(change: &Change, to: &Catalog, joining: &Change) -> bool {
    let (Change::AddConstraint { name, constraint, .. }, Change::CreateTable { name: child, .. }) =
        (creation(change), creation(joining))
    else {
        return false;
    };
    let ConstraintKind::Check(check) = &constraint.kind else { return false };
    let below = to.tables.get(child).and_then(|table| table.constraints.get(name));
    !check.is_no_inherit
        && check.validity != Validity::NotEnforced
        && below.and_then(constraints::validity).is_some_and(|of| of != Validity::Valid)
}
