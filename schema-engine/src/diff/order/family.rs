//! What of a table comes before and after what is done to those that it stands under. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    super::{
        Change, TableAspect, heritage,
        rank::Rank,
        step::{Effect, Step},
    },
    graph::Graph,
    index::Index,
    parts::{creation, removal},
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ConstraintKind, Object},
};

impl Graph {
    /// The steps of a column follow each other as they were told, and those of a parent's column
    /// come before what its children's have of their own.
    pub(super) fn add_columns(
        &mut self,
        index: &Index<'_>,
        from: &Catalog,
        to: &Catalog,
        steps: &[Step],
    ) {
        let moving = moving(steps);
        let mut last: BTreeMap<&Object, usize> = BTreeMap::new();
        for (place, step) in steps.iter().enumerate() {
            for (effect, object) in &step.effects {
                let Object::Column { of, name } = object else { continue };
                // What is done to a column by way of its parent is the parent's.
                let is_drop = *effect == Effect::Drop;
                let change = if is_drop { removal(&step.change) } else { creation(&step.change) };
                let is_own = match change {
                    Change::AlterColumn { table, .. }
                    | Change::AddColumn { table, .. }
                    | Change::DropColumn { table, .. } => table == of,
                    Change::RebuildTypes { columns, .. } | Change::ReplaceTypes { columns, .. } => {
                        columns.iter().any(|column| column.table == *of && column.to.name == *name)
                    }
                    _ => true,
                };
                if is_own
                    && matches!(effect, Effect::Alter | Effect::Shake)
                    && let Some(before) = last.insert(object, place)
                {
                    self.add(&[before], &[place]);
                }
                let catalog = if is_drop { from } else { to };
                let is_kept = is_own && !moving.contains(of);
                let above =
                    if is_kept { heritage::ancestors(catalog, of) } else { BTreeSet::new() };
                for parent in above {
                    let above = Object::Column { of: parent.clone(), name: name.clone() };
                    for other in [Effect::Create, Effect::Shake, Effect::Alter] {
                        let altered = index.exact(other, &above);
                        if is_drop {
                            self.add(&[place], altered);
                        } else {
                            self.add(altered, &[place]);
                        }
                    }
                }
            }
        }
    }

    /// A constraint of its own comes after one that it had from above, and goes before such a one.
    pub(super) fn add_constraints(
        &mut self,
        index: &Index<'_>,
        from: &Catalog,
        to: &Catalog,
        steps: &[Step],
    ) {
        let moving = moving(steps);
        let mut keys: HashMap<&QualifiedName, Vec<usize>> = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            let of = step.effects.first().and_then(|(_, object)| object.container());
            if let (Rank::AddForeignKey, Some(of)) = (step.rank, of) {
                keys.entry(of).or_default().push(place);
            }
        }
        for (place, step) in steps.iter().enumerate() {
            for (effect, object) in &step.effects {
                let Object::Constraint { of, name } = object else { continue };
                let catalog = if *effect == Effect::Drop { from } else { to };
                let table = catalog.tables.get(of);
                let constraint = table.and_then(|table| table.constraints.get(name));
                if let Some(ConstraintKind::ForeignKey(key)) = constraint.map(|found| &found.kind) {
                    let referenced = Object::Table(key.referenced_table.clone());
                    let joining = index.exact(Effect::Join, &referenced);
                    if *effect == Effect::Drop {
                        // A whole takes no part that it refers to.
                        self.add(&[place], joining);
                    } else if *effect == Effect::Create {
                        // The key that it refers to may be that of a whole, and what leaves that
                        // cannot be referred to.
                        self.add(index.exact(Effect::Leave, &referenced), &[place]);
                        self.add(joining, &[place]);
                        // It would choose a key that goes while that is there.
                        for old in referable(from, &key.referenced_table) {
                            self.add(index.exact(Effect::Drop, &old), &[place]);
                        }
                    }
                }
                for parent in heritage::ancestors(catalog, of) {
                    let above = Object::Constraint { of: parent.clone(), name: name.clone() };
                    if moving.contains(of) {
                        // It has its own while it is alone.
                    } else if *effect == Effect::Drop {
                        // What it has of both goes above first.
                        self.add(index.exact(Effect::Drop, &above), &[place]);
                        self.add(&[place], index.exact(Effect::Create, &above));
                    } else {
                        self.add(index.exact(Effect::Drop, &above), &[place]);
                    }
                    // Else the server would take the part's for the whole's.
                    let of_whole = keys.get(parent).map_or(&[][..], Vec::as_slice);
                    if *effect == Effect::Drop {
                        self.add(&[place], of_whole);
                    } else if step.rank == Rank::AddForeignKey && *effect == Effect::Create {
                        self.add(index.exact(Effect::Join, &Object::Table(of.clone())), &[place]);
                        self.add(of_whole, &[place]);
                    }
                }
            }
        }
    }
}

/// What a foreign key can refer to.
fn referable(catalog: &Catalog, of: &QualifiedName) -> Vec<Object> {
    let indexes = catalog.tables.get(of).map(|table| table.indexes.iter());
    let keys = indexes.into_iter().flatten().filter(|(_, index)| index.is_unique);
    let keys = keys.map(|(name, index)| match &index.constraint {
        Some(name) => Object::Constraint { of: of.clone(), name: name.clone() },
        None => Object::Index { of: of.clone(), name: name.clone() },
    });
    keys.collect()
}

/// The tables that leave or join another.
fn moving(steps: &[Step]) -> HashSet<&QualifiedName> {
    let moving = steps.iter().filter_map(|step| match &step.change {
        Change::DetachPartition { name, .. }
        | Change::AttachPartition { name, .. }
        | Change::AlterTable { name, aspect: TableAspect::Parents { .. } } => Some(name),
        _ => None,
    });
    moving.collect()
}
