//! Constraints and indexes that differ by their name alone. Pure.

use std::{borrow::Cow, collections::BTreeMap};

use super::{Rename, constraints, heritage, indexes};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ConstraintKind, Index, Table},
};

/// Gives those in `from` the names that they have in `to`, and says which: to name them anew costs
/// nothing, and to make them anew may take hours.
pub(super) fn name_alike(from: &mut Cow<'_, Catalog>, to: &Catalog) -> Vec<Rename> {
    let mut renames = Vec::new();
    for table in by_depth(from) {
        loop {
            let found = candidates(from, to, &table);
            let Some(rename) = found.into_iter().find(|rename| rename.is_possible(from)) else {
                break;
            };
            rename.apply(from.to_mut());
            renames.push(rename);
        }
    }
    renames
}

/// All that has constraints or indexes; what a thing is part of comes before it.
fn by_depth(catalog: &Catalog) -> Vec<QualifiedName> {
    let depth = |name: &QualifiedName| {
        let mut depth = 0;
        let mut above = catalog.tables.get(name);
        while let Some(table) = above {
            depth += 1;
            above = heritage::parents(table).first().and_then(|name| catalog.tables.get(*name));
        }
        depth
    };
    let mut names: Vec<_> = catalog.tables.keys().chain(catalog.views.keys()).cloned().collect();
    names.sort_by_key(|name| (depth(name), name.clone()));
    names
}

fn candidates(from: &Catalog, to: &Catalog, name: &QualifiedName) -> Vec<Rename> {
    if let (Some(old), Some(new)) = (from.tables.get(name), to.tables.get(name)) {
        let is_kept = old.partition_key == new.partition_key;
        let above = heritage::ancestors(from, name).into_iter();
        let above: Vec<_> = above.filter_map(|table| from.tables.get(table)).collect();
        return if is_kept { of_table(name, &above, old, new) } else { Vec::new() };
    }
    let (Some(old), Some(new)) = (from.views.get(name), to.views.get(name)) else {
        return Vec::new();
    };
    of_indexes(name, &old.indexes, &new.indexes)
}

fn of_table(name: &QualifiedName, above: &[&Table], old: &Table, new: &Table) -> Vec<Rename> {
    let mut renames = Vec::new();
    let gone = old.constraints.iter().filter(|(key, _)| !new.constraints.contains_key(*key));
    for (key, constraint) in gone {
        // The parent's name is its name.
        let is_check = matches!(constraint.kind, ConstraintKind::Check(_));
        if is_check && above.iter().any(|table| table.constraints.contains_key(key)) {
            continue;
        }
        let index = old.indexes.get(key);
        let come = new.constraints.iter().filter(|(key, _)| !old.constraints.contains_key(*key));
        for (other_key, other) in come {
            let other_index = new.indexes.get(other_key);
            let parent = |index: Option<&Index>| index.and_then(|index| index.parent.clone());
            if constraint.is_inherited == other.is_inherited
                && constraints::is_alterable(constraint, other, (index, other_index))
                && parent(index) == parent(other_index)
            {
                let (table, from, to) = (name.clone(), key.clone(), other_key.clone());
                renames.push(Rename::Constraint { table, from, to });
            }
        }
    }
    renames.extend(of_indexes(name, &old.indexes, &new.indexes));
    renames
}

fn of_indexes(
    table: &QualifiedName,
    old: &BTreeMap<String, Index>,
    new: &BTreeMap<String, Index>,
) -> Vec<Rename> {
    let mut renames = Vec::new();
    let own = |index: &Index| index.constraint.is_none();
    // A part stays with its whole, whatever has its name.
    let goes = |key: &str, index: &Index| {
        let namesake = new.get(key);
        namesake.is_none_or(|new| index.parent.is_some() && index.parent != new.parent)
    };
    for (key, index) in old.iter().filter(|(key, index)| own(index) && goes(key, index)) {
        for (other_key, other) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            if own(other) && indexes::is_alterable(index, other) && index.parent == other.parent {
                let (from, to) = (key.clone(), other_key.clone());
                renames.push(Rename::Index { table: table.clone(), from, to });
            }
        }
    }
    renames
}
