//! What of a table can be made at once. Pure.

use super::{constraints, heritage};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Constraint, ConstraintKind, ReplicaIdentity, Table, Validity},
};

/// What is made with the table: all but its foreign keys, its other indexes and its triggers.
pub(super) fn trunk(
    (from, to): (&Catalog, &Catalog),
    name: &QualifiedName,
    table: &Table,
) -> Table {
    let mut trunk = table.clone();
    let is_child = !table.parents.is_empty();
    trunk.constraints.retain(|key, constraint| {
        !(is_separate((from, to), name, table, key) || is_child && constraint.is_inherited)
    });
    trunk.indexes.retain(|name, _| trunk.constraints.contains_key(name));
    trunk.triggers.clear();
    trunk.replica_identity = match &table.replica_identity {
        ReplicaIdentity::Index(_) => ReplicaIdentity::PrimaryKey,
        other => other.clone(),
    };
    trunk
}

/// Whether a constraint cannot be made with its table.
pub(super) fn is_separate(
    (from, to): (&Catalog, &Catalog),
    name: &QualifiedName,
    table: &Table,
    key: &str,
) -> bool {
    let Some(constraint) = table.constraints.get(key) else { return false };
    let columns = |constraint: &Constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => Some(key.columns.clone()),
        ConstraintKind::Exclusion(exclusion) => Some(vec![exclusion.definition.clone()]),
        _ => None,
    };
    // The server makes but one of two keys that it finds alike.
    let is_double = !matches!(constraint.kind, ConstraintKind::PrimaryKey(_))
        && columns(constraint).is_some_and(|own| {
            let mut others = table.constraints.iter().filter(|(other, _)| *other != key);
            others.any(|(_, other)| columns(other).as_ref() == Some(&own))
        });
    let is_taken = table.indexes.contains_key(key)
        && has_relation(from, &QualifiedName::new(&name.namespace, key));
    matches!(constraint.kind, ConstraintKind::ForeignKey(_))
        || constraints::validity(constraint).is_some_and(|validity| validity != Validity::Valid)
        || is_double
        || is_taken
        || matches!(constraint.kind, ConstraintKind::Check(_)) && is_enforced_later(to, name, key)
}

/// Whether a child has it not enforced, which release 18 leaves so when the parent's is enforced
/// later, and not when the child is made after that.
fn is_enforced_later(to: &Catalog, name: &QualifiedName, key: &str) -> bool {
    let children = to.tables.values().filter(|table| heritage::parents(table).contains(&name));
    let mut inherited = children.filter_map(|table| table.constraints.get(key));
    inherited.any(|constraint| constraints::validity(constraint) == Some(Validity::NotEnforced))
}

/// Whether the name is taken by a table, a view, a sequence or an index.
pub(super) fn has_relation(catalog: &Catalog, name: &QualifiedName) -> bool {
    let is_index = |of: &QualifiedName, found: bool| of.namespace == name.namespace && found;
    catalog.tables.contains_key(name)
        || catalog.views.contains_key(name)
        || catalog.sequences.contains_key(name)
        || catalog.tables.iter().any(|(of, t)| is_index(of, t.indexes.contains_key(&name.name)))
        || catalog.views.iter().any(|(of, v)| is_index(of, v.indexes.contains_key(&name.name)))
}
