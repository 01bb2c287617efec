//! Foreign keys: what an entity says of them, and what it cannot. Pure.

use std::collections::BTreeSet;

use super::names::Names;
use crate::catalog::{
    QualifiedName,
    model::{Action, Constraint, ConstraintKind, ForeignKey, Object, Table},
};

/// Makes the foreign keys of `table` those that the entity says. When they are checked, and for
/// which rows they hold, an entity cannot say. Gives what stands for what of the entity's.
pub(super) fn settle(
    of: &QualifiedName,
    table: &mut Table,
    said: &Table,
    names: &mut Names,
) -> Vec<(Object, Object)> {
    let object = |name: &str| Object::Constraint { of: of.clone(), name: name.to_owned() };
    let mut counterparts = Vec::new();
    let mut kept = BTreeSet::new();
    let mut new = Vec::new();
    for (said_name, wanted) in foreign_keys(said) {
        let like = |it: &(&String, &ForeignKey)| !kept.contains(it.0) && way(it.1) == way(wanted);
        let exact = |it: &(&String, &ForeignKey)| like(it) && actions(it.1) == actions(wanted);
        let found = foreign_keys(table).find(exact).or_else(|| foreign_keys(table).find(like));
        match found.map(|(name, _)| name.clone()) {
            Some(name) => {
                retarget(table, &name, wanted);
                counterparts.push((object(said_name), object(&name)));
                kept.insert(name);
            }
            None => new.push((said_name, wanted)),
        }
    }
    table.constraints.retain(|name, constraint| {
        !matches!(constraint.kind, ConstraintKind::ForeignKey(_)) || kept.contains(name)
    });
    for (said_name, key) in new {
        let name = names.constraint(of, &format!("{}_{}_fkey", of.name, key.columns.join("_")));
        let kind = ConstraintKind::ForeignKey(key.clone());
        let constraint = Constraint { kind, is_inherited: false, comment: None };
        counterparts.push((object(said_name), object(&name)));
        table.constraints.insert(name, constraint);
    }
    counterparts
}

fn foreign_keys(table: &Table) -> impl Iterator<Item = (&String, &ForeignKey)> {
    table.constraints.iter().filter_map(|(name, constraint)| match &constraint.kind {
        ConstraintKind::ForeignKey(key) => Some((name, key)),
        _ => None,
    })
}

/// From which columns to which a key leads, whatever their order.
fn way(key: &ForeignKey) -> (&QualifiedName, BTreeSet<(&String, &String)>) {
    (&key.referenced_table, std::iter::zip(&key.columns, &key.referenced_columns).collect())
}

fn actions(key: &ForeignKey) -> (Action, Action) {
    (key.on_delete, key.on_update)
}

fn retarget(table: &mut Table, name: &str, wanted: &ForeignKey) {
    let kind = table.constraints.get_mut(name).map(|constraint| &mut constraint.kind);
    if let Some(ConstraintKind::ForeignKey(key)) = kind {
        if key.on_delete != wanted.on_delete {
            key.on_delete = wanted.on_delete;
            key.on_delete_columns.clear();
        }
        key.on_update = wanted.on_update;
    }
}
