//! A catalog in which a thing has its new name. Pure.
//!
//! The server writes views and bodies of functions in its own words; where those that are guessed
//! here are not its own, a view is replaced by what it already is.

use std::collections::BTreeMap;

use super::{super::sql, Rename, text};
use crate::catalog::{
    Catalog, QualifiedName, Signature,
    model::{
        ColumnValue, ConstraintKind, Dependency, Index, KeySource, Object, ReplicaIdentity, Table,
    },
};

impl Rename {
    /// Gives the thing its new name, wherever it is named.
    pub(in crate::diff) fn apply(&self, catalog: &mut Catalog) {
        match self {
            Self::Table { from, to } => table(catalog, from, to),
            Self::Column { table, from, to } => {
                for of in family(catalog, table, |table| table.column(from).is_some()) {
                    column(catalog, &of, from, to);
                }
            }
            Self::Label { of, from, to } => {
                let labels = catalog.enums.get_mut(of).map(|found| &mut found.labels);
                for label in labels.into_iter().flatten().filter(|label| *label == from) {
                    label.clone_from(to);
                }
                sql::each(catalog, &|sql| text::label(sql, of, from, to));
            }
            Self::Constraint { table, from, to } => {
                for of in heirs(catalog, table, from) {
                    constraint(catalog, &of, from, to);
                }
            }
            Self::Index { table, from, to } => index(catalog, table, from, to),
        }
    }
}

/// A table and those below it that have its constraint from it.
pub(super) fn heirs(catalog: &Catalog, table: &QualifiedName, name: &str) -> Vec<QualifiedName> {
    let is_check = catalog.tables.get(table).is_some_and(|table| {
        let kind = table.constraints.get(name).map(|constraint| &constraint.kind);
        matches!(kind, Some(ConstraintKind::Check(check)) if !check.is_no_inherit)
    });
    family(catalog, table, |heir| is_check && heir.constraints.contains_key(name))
}

/// A table and those below it that have something too.
fn family(
    catalog: &Catalog,
    table: &QualifiedName,
    has: impl Fn(&Table) -> bool,
) -> Vec<QualifiedName> {
    let mut family = vec![table.clone()];
    let mut place = 0;
    while let Some(parent) = family.get(place).cloned() {
        for (name, child) in &catalog.tables {
            let is_child = crate::diff::heritage::parents(child).contains(&&parent);
            if is_child && has(child) && !family.contains(name) {
                family.push(name.clone());
            }
        }
        place += 1;
    }
    family
}

fn table(catalog: &mut Catalog, from: &QualifiedName, to: &QualifiedName) {
    if let Some(table) = catalog.tables.remove(from) {
        catalog.tables.insert(to.clone(), table);
    }
    let rename = |name: &mut QualifiedName| {
        if name == from {
            name.clone_from(to);
        }
    };
    for table in catalog.tables.values_mut() {
        table.partition.iter_mut().for_each(|partition| rename(&mut partition.of));
        table.parents.iter_mut().for_each(rename);
        for constraint in table.constraints.values_mut() {
            if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
                rename(&mut key.referenced_table);
            }
        }
    }
    for sequence in catalog.sequences.values_mut() {
        sequence.owner.iter_mut().for_each(|owner| rename(&mut owner.table));
    }
    let map = |sql: &str| text::relation(sql, from, to);
    sql::each(catalog, &map);
    let routines = std::mem::take(&mut catalog.routines).into_iter();
    catalog.routines =
        routines.map(|(signature, routine)| (signed(&signature, &map), routine)).collect();
    let others = std::mem::take(&mut catalog.others).into_iter();
    catalog.others = others.map(|(name, other)| (map(&name), other)).collect();
    objects(catalog, |object| match object {
        Object::Table(name) => rename(name),
        Object::Column { of, .. }
        | Object::Constraint { of, .. }
        | Object::Index { of, .. }
        | Object::Trigger { of, .. } => rename(of),
        Object::Routine(signature) => *signature = signed(signature, &map),
        Object::Other(name) => *name = map(name),
        _ => {}
    });
}

fn signed(signature: &Signature, map: &impl Fn(&str) -> String) -> Signature {
    Signature { name: signature.name.clone(), arguments: map(&signature.arguments) }
}

fn column(catalog: &mut Catalog, table: &QualifiedName, from: &str, to: &str) {
    let rename = |name: &mut String| {
        if name == from {
            to.clone_into(name);
        }
    };
    for (of, found) in &mut catalog.tables {
        for constraint in found.constraints.values_mut() {
            if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
                && key.referenced_table == *table
            {
                key.referenced_columns.iter_mut().for_each(rename);
            }
        }
        if of == table {
            column_within(found, from, to);
        }
    }
    let tail = format!(" FROM {table}");
    for other in catalog.others.values_mut() {
        if let Some(definition) = other.definition.as_mut().filter(|sql| sql.ends_with(&tail)) {
            *definition = text::column(definition, from, to);
        }
    }
    for sequence in catalog.sequences.values_mut() {
        let owner = sequence.owner.iter_mut().filter(|owner| owner.table == *table);
        owner.for_each(|owner| rename(&mut owner.column));
    }
    objects(catalog, |object| match object {
        Object::Column { of, name } if of == table => rename(name),
        _ => {}
    });
}

fn column_within(table: &mut Table, from: &str, to: &str) {
    let rename = |name: &mut String| {
        if name == from {
            to.clone_into(name);
        }
    };
    let map = |sql: &str| text::column(sql, from, to);
    for column in &mut table.columns {
        rename(&mut column.name);
        if let Some(ColumnValue::Generated { expression, .. }) = &mut column.value {
            *expression = map(expression);
        }
    }
    for constraint in table.constraints.values_mut() {
        match &mut constraint.kind {
            ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
                key.columns.iter_mut().for_each(rename);
            }
            ConstraintKind::ForeignKey(key) => {
                let columns = key.columns.iter_mut().chain(&mut key.on_delete_columns);
                columns.for_each(rename);
            }
            ConstraintKind::Check(_) | ConstraintKind::Exclusion(_) => {}
        }
    }
    sql::of_constraints(&mut table.constraints, &map);
    for index in table.indexes.values_mut() {
        index.include.iter_mut().for_each(rename);
        for key in &mut index.keys {
            if let KeySource::Column(name) = &mut key.source {
                rename(name);
            }
        }
    }
    sql::of_indexes(&mut table.indexes, &map);
    table.partition_key = table.partition_key.as_deref().map(map);
    for trigger in table.triggers.values_mut() {
        trigger.definition = map(&trigger.definition);
    }
}

fn constraint(catalog: &mut Catalog, table: &QualifiedName, from: &str, to: &str) {
    if let Some(found) = catalog.tables.get_mut(table)
        && let Some(constraint) = found.constraints.remove(from)
    {
        found.constraints.insert(to.to_owned(), constraint);
        if found.indexes.get(from).is_some_and(|index| index.constraint.is_some()) {
            index(catalog, table, from, to);
        }
    }
    objects(catalog, |object| match object {
        Object::Constraint { of, name } if of == table && name == from => to.clone_into(name),
        _ => {}
    });
}

fn index(catalog: &mut Catalog, table: &QualifiedName, from: &str, to: &str) {
    let whole = QualifiedName::new(&table.namespace, from);
    for (of, found) in &mut catalog.tables {
        if of == table {
            rename_index(&mut found.indexes, from, to);
            if found.replica_identity == ReplicaIdentity::Index(from.to_owned()) {
                found.replica_identity = ReplicaIdentity::Index(to.to_owned());
            }
        }
        let parts = found.indexes.values_mut().filter_map(|index| index.parent.as_mut());
        for parent in parts.filter(|parent| **parent == whole) {
            to.clone_into(&mut parent.name);
        }
    }
    if let Some(view) = catalog.views.get_mut(table) {
        rename_index(&mut view.indexes, from, to);
    }
    objects(catalog, |object| match object {
        Object::Index { of, name } if of == table && name == from => to.clone_into(name),
        _ => {}
    });
}

fn rename_index(indexes: &mut BTreeMap<String, Index>, from: &str, to: &str) {
    if let Some(mut index) = indexes.remove(from) {
        if let Some(constraint) = index.constraint.as_mut().filter(|name| *name == from) {
            to.clone_into(constraint);
        }
        indexes.insert(to.to_owned(), index);
    }
}

fn objects(catalog: &mut Catalog, rename: impl Fn(&mut Object)) {
    let dependencies = std::mem::take(&mut catalog.dependencies).into_iter();
    let renamed = dependencies.map(|Dependency { mut dependent, mut on }| {
        rename(&mut dependent);
        rename(&mut on);
        Dependency { dependent, on }
    });
    catalog.dependencies = renamed.collect();
}
