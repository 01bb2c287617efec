//! What outlives a crash, at any time. Pure.

use std::collections::HashMap;

use super::{
    super::{
        Change, TableAspect,
        step::{Effect, Step},
    },
    graph::Graph,
    index::Index,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ColumnName, ConstraintKind, Object},
};

impl Graph {
    /// What refers outlives a crash no more than what it refers to, at any time; and what a table
    /// owns, as the table does.
    pub(super) fn add_persistence(
        &mut self,
        index: &Index<'_>,
        from: &Catalog,
        to: &Catalog,
        steps: &[Step],
    ) {
        let mut logging: HashMap<&QualifiedName, (usize, bool)> = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            if let Change::AlterTable { name, aspect: TableAspect::Unlogged { to } } = &step.change
            {
                logging.insert(name, (place, *to));
            }
        }
        if logging.is_empty() {
            return;
        }
        let of = |owner: &Option<ColumnName>| {
            let owner = owner.as_ref();
            owner.and_then(|owner| logging.get(&owner.table)).map(|(place, _)| *place)
        };
        for (place, step) in steps.iter().enumerate() {
            let (before, after) = match &step.change {
                Change::SetSequenceOwner { from, to, .. } if of(from) != of(to) => {
                    (of(from), of(to))
                }
                Change::AlterSequence { to, .. } => (None, of(&to.owner)),
                _ => continue,
            };
            self.add(&[place], before.as_slice());
            self.add(after.as_slice(), &[place]);
        }
        for catalog in [from, to] {
            for (object, name, referenced) in foreign_keys(catalog) {
                let tables = [logging.get(name), logging.get(referenced)];
                for (place, _) in tables.into_iter().flatten() {
                    self.add(index.steps(Effect::Drop, &object), &[*place]);
                    self.add(&[*place], index.exact(Effect::Create, &object));
                }
                match tables {
                    [Some((place, true)), Some((other, _))] => self.add(&[*place], &[*other]),
                    [Some((place, false)), Some((other, _))] => self.add(&[*other], &[*place]),
                    _ => {}
                }
            }
        }
    }
}

/// The foreign keys, with the table that refers and the one that it refers to.
fn foreign_keys(catalog: &Catalog) -> Vec<(Object, &QualifiedName, &QualifiedName)> {
    let tables = catalog.tables.iter();
    let keys = tables.flat_map(|(of, table)| {
        table.constraints.iter().filter_map(move |(name, constraint)| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => {
                let object = Object::Constraint { of: of.clone(), name: name.clone() };
                Some((object, of, &key.referenced_table))
            }
            _ => None,
        })
    });
    keys.collect()
}
