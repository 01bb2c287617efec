//! What the migrations would have to make for the entities to be right. Pure.

use std::collections::BTreeMap;

use super::{
    columns, existence::is_there, foreign_keys, indexes, names::Names, remains, sequences, types,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Column, ColumnValue, ConstraintKind, Dependency, Object, Table},
};

/// Gives `base` with everything that the entities say, and without what they could say and do not.
pub(super) fn wanted(base: &Catalog, entities: &Catalog) -> Catalog {
    let mut names = Names::of(base, entities);
    let mut target = base.clone();
    let mut counterparts = BTreeMap::new();
    types::settle(&mut target, entities);
    for (name, said) in &entities.tables {
        let made = base.tables.get(name);
        // An entity may read a view.
        if base.views.contains_key(name) || made.is_some_and(|table| !is_sayable(table)) {
            continue;
        }
        let (table, theirs) = match made {
            Some(made) => merged(name, made, said, base, &mut names),
            None => new(name, said, &mut names),
        };
        counterparts.extend(theirs);
        target.tables.insert(name.clone(), table);
    }
    target.tables.retain(|name, table| entities.tables.contains_key(name) || !is_sayable(table));
    sequences::settle(&mut target, base, entities);
    remains::sweep(&mut target, base);
    types::drop_unused(&mut target, base, entities);
    target.dependencies = dependencies(&target, base, entities, &counterparts);
    target
}

/// Whether an entity can say what kind of table it is.
fn is_sayable(table: &Table) -> bool {
    table.partition.is_none() && table.parents.is_empty()
}

fn merged(
    name: &QualifiedName,
    made: &Table,
    said: &Table,
    base: &Catalog,
    names: &mut Names,
) -> (Table, Vec<(Object, Object)>) {
    let mut table = made.clone();
    table.columns.retain(|column| {
        // An entity can leave out what it could only read.
        said.column(&column.name).is_some()
            || matches!(column.value, Some(ColumnValue::Generated { .. }))
    });
    for column in &mut table.columns {
        if let Some(said) = said.column(&column.name) {
            *column = columns::settled(column, said, base);
        }
    }
    let new = said.columns.iter().filter(|column| made.column(&column.name).is_none());
    table.columns.extend(new.map(uncommented));
    let mut counterparts = foreign_keys::settle(name, &mut table, said, names);
    counterparts.extend(indexes::settle(name, &mut table, said, names));
    (table, counterparts)
}

fn new(name: &QualifiedName, said: &Table, names: &mut Names) -> (Table, Vec<(Object, Object)>) {
    let (mut table, mut counterparts) = indexes::new_table(name, said, names);
    table.columns = said.columns.iter().map(uncommented).collect();
    table
        .constraints
        .retain(|_, constraint| !matches!(constraint.kind, ConstraintKind::ForeignKey(_)));
    counterparts.extend(foreign_keys::settle(name, &mut table, said, names));
    (table, counterparts)
}

/// A new column; a comment is nothing that entities say.
fn uncommented(column: &Column) -> Column {
    Column { comment: None, ..column.clone() }
}

/// What stands on what in `target`: as far as it is there, what is known of both.
fn dependencies(
    target: &Catalog,
    base: &Catalog,
    entities: &Catalog,
    counterparts: &BTreeMap<Object, Object>,
) -> std::collections::BTreeSet<Dependency> {
    let named = |object: &Object| counterparts.get(object).unwrap_or(object).clone();
    let said = entities.dependencies.iter().map(|Dependency { dependent, on }| Dependency {
        dependent: named(dependent),
        on: named(on),
    });
    base.dependencies
        .iter()
        .cloned()
        .chain(said)
        .filter(|it| is_there(target, &it.dependent) && is_there(target, &it.on))
        .collect()
}
