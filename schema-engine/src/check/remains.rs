//! What goes with what it stands on. Pure.

use super::existence::is_there;
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ConstraintKind, Dependency, KeySource, Object, Table},
};

/// Takes out of `target` what stands on something of `base` that it has no more.
pub(super) fn sweep(target: &mut Catalog, base: &Catalog) {
    drop_broken_keys(target);
    loop {
        let fallen = base.dependencies.iter().filter(|Dependency { dependent, on }| {
            is_there(base, on) && !is_there(target, on) && is_there(target, dependent)
        });
        let fallen: Vec<Object> = fallen.map(|it| it.dependent.clone()).collect();
        let mut is_settled = true;
        for object in fallen {
            is_settled &= !remove(target, &object);
        }
        if is_settled {
            return;
        }
        drop_broken_keys(target);
    }
}

/// The keys and indexes of columns that are gone.
fn drop_broken_keys(target: &mut Catalog) {
    let columns: Vec<(QualifiedName, Vec<String>)> = target
        .tables
        .iter()
        .map(|(name, table)| {
            (name.clone(), table.columns.iter().map(|column| column.name.clone()).collect())
        })
        .collect();
    let has = |table: &QualifiedName, wanted: &[String]| {
        columns.iter().any(|(name, columns)| {
            name == table && wanted.iter().all(|column| columns.contains(column))
        })
    };
    for (name, table) in &mut target.tables {
        table.constraints.retain(|_, constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
                has(name, &key.columns)
            }
            ConstraintKind::ForeignKey(key) => {
                has(name, &key.columns) && has(&key.referenced_table, &key.referenced_columns)
            }
            ConstraintKind::Check(_) | ConstraintKind::Exclusion(_) => true,
        });
        drop_broken_indexes(table);
    }
}

fn drop_broken_indexes(table: &mut Table) {
    let Table { columns, constraints, indexes, .. } = table;
    let has = |name: &String| columns.iter().any(|column| column.name == *name);
    indexes.retain(|_, index| {
        let is_whole = index.keys.iter().all(|key| match &key.source {
            KeySource::Column(name) => has(name),
            KeySource::Expression(_) => true,
        });
        let is_backing = index.constraint.as_ref().is_none_or(|of| constraints.contains_key(of));
        is_whole && is_backing && index.include.iter().all(has)
    });
}

/// Removes what cannot stand any more, and says whether it did.
fn remove(target: &mut Catalog, object: &Object) -> bool {
    match object {
        Object::View(name) => target.views.remove(name).is_some(),
        Object::Routine(signature) => target.routines.remove(signature).is_some(),
        Object::Other(name) => target.others.remove(name).is_some(),
        Object::Trigger { of, name } => {
            let of_table = target.tables.get_mut(of).map(|table| &mut table.triggers);
            let triggers =
                of_table.or_else(|| target.views.get_mut(of).map(|view| &mut view.triggers));
            triggers.is_some_and(|triggers| triggers.remove(name).is_some())
        }
        Object::Index { of, name } => {
            let of_table = target.tables.get_mut(of).map(|table| &mut table.indexes);
            let indexes =
                of_table.or_else(|| target.views.get_mut(of).map(|view| &mut view.indexes));
            indexes.is_some_and(|indexes| indexes.remove(name).is_some())
        }
        Object::Constraint { of, name } => {
            let Some(table) = target.tables.get_mut(of) else { return false };
            // What of a key is broken has gone already.
            let is_of_text = table.constraints.get(name).is_some_and(|constraint| {
                matches!(constraint.kind, ConstraintKind::Check(_) | ConstraintKind::Exclusion(_))
            });
            is_of_text && {
                table.indexes.remove(name);
                table.constraints.remove(name).is_some()
            }
        }
        Object::Column { of, name } => {
            if let Some(table) = target.tables.get_mut(of) {
                return remove_computed(table, name);
            }
            target.views.remove(of).is_some()
        }
        Object::Extension(_) | Object::Type(_) | Object::Sequence(_) | Object::Table(_) => false,
    }
}

/// A column that is computed from one that is gone goes too.
fn remove_computed(table: &mut Table, name: &str) -> bool {
    let before = table.columns.len();
    table.columns.retain(|column| {
        let is_computed =
            matches!(column.value, Some(crate::catalog::model::ColumnValue::Generated { .. }));
        column.name != name || !is_computed
    });
    table.columns.len() != before
}
