//! The tables of other programs, in what the entities want. Pure.

use crate::catalog::{
    Catalog, QualifiedName,
    model::{Dependency, Table},
};

/// Adds what another program makes in `base` and the entities do not say: its tables, and columns
/// of those that the entities say too.
pub(super) fn complete(entities: &mut Catalog, base: &Catalog) {
    for (name, theirs) in &base.tables {
        match entities.tables.get_mut(name) {
            Some(ours) => complete_table(ours, theirs),
            None => take_over(entities, base, name, theirs),
        }
    }
}

fn complete_table(ours: &mut Table, theirs: &Table) {
    let unsaid = theirs.columns.iter().filter(|column| ours.column(&column.name).is_none());
    let unsaid: Vec<_> = unsaid.cloned().collect();
    ours.columns.extend(unsaid);
}

fn take_over(entities: &mut Catalog, base: &Catalog, name: &QualifiedName, table: &Table) {
    entities.tables.insert(name.clone(), table.clone());
    let owned = base
        .sequences
        .iter()
        .filter(|(_, sequence)| sequence.owner.as_ref().is_some_and(|owner| owner.table == *name));
    entities.sequences.extend(owned.map(|(name, sequence)| (name.clone(), sequence.clone())));
    let is_of = |dependency: &&Dependency| dependency.dependent.container() == Some(name);
    entities.dependencies.extend(base.dependencies.iter().filter(is_of).cloned());
}
