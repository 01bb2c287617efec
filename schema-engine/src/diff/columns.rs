//! Columns of tables and views. Pure.

mod value;

use super::{
    Change, ColumnAspect, Commented,
    draft::Draft,
    heritage,
    rank::Rank,
    sequences,
    step::{Effect, Step},
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Column, ColumnValue, Object, Storage, Table},
};

/// Whether statements lead from one to the other without dropping the column.
pub(super) fn is_alterable(old: &Column, new: &Column) -> bool {
    match (&old.value, &new.value) {
        (old, new @ Some(ColumnValue::Generated { .. })) => old == new,
        (Some(ColumnValue::Generated { is_virtual, .. }), _) => !is_virtual,
        _ => true,
    }
}

/// Whether the server, which drops an expression below no more than one table, cannot drop this one.
pub(super) fn is_stuck(from: &Catalog, of: &QualifiedName, old: &Column, new: &Column) -> bool {
    let is_generated =
        |column: &Column| matches!(column.value, Some(ColumnValue::Generated { .. }));
    let children = |of: &QualifiedName| {
        let tables = from.tables.iter().filter(|(_, table)| heritage::parents(table).contains(&of));
        tables.map(|(name, _)| name).collect::<Vec<_>>()
    };
    let is_deep = |of: &QualifiedName| children(of).into_iter().any(|of| !children(of).is_empty());
    let is_dropped = is_generated(old) && !is_generated(new);
    is_dropped && heritage::ancestors(from, of).into_iter().chain([of]).any(is_deep)
}

/// Whether the type changes, or the collation.
pub(super) fn is_retyped(old: &Column, new: &Column) -> bool {
    (&old.data_type, &old.collation) != (&new.data_type, &new.collation)
}

/// Compares the columns of a table that stays.
pub(super) fn compare(draft: &mut Draft<'_>, name: &QualifiedName, old: &Table, new: &Table) {
    let parents = draft.kept_parents(name);
    for column in &old.columns {
        let is_by_parent = has(draft.from, &parents, column) && !has(draft.to, &parents, column);
        if new.column(&column.name).is_none() && !(column.is_inherited && is_by_parent) {
            let step = drop(draft, name, column);
            draft.add(step);
        }
    }
    for column in &new.columns {
        let Some(was) = old.column(&column.name) else {
            if !has(draft.to, &parents, column) || has(draft.from, &parents, column) {
                add(draft, name, column);
            } else {
                differ(draft, name, &parents, column, None);
            }
            continue;
        };
        let object = object(name, &column.name);
        if !draft.fates.is_recreated(&object) {
            alter(draft, name, was, column);
        } else if !column.is_inherited || parents.is_empty() {
            let (drop, create) = (drop(draft, name, was), create(draft, name, column));
            draft.replace(drop, create);
        } else {
            differ(draft, name, &parents, column, None);
        }
    }
}

/// Alters a column that is made as one of `parents` has it, but for how it is `stored`.
pub(super) fn differ(
    draft: &mut Draft<'_>,
    table: &QualifiedName,
    parents: &[&QualifiedName],
    column: &Column,
    stored: Option<Storage>,
) {
    let mut tables = parents.iter().filter_map(|parent| draft.to.tables.get(*parent));
    if let Some(inherited) = tables.find_map(|parent| parent.column(&column.name)) {
        let is_identity = |value: &ColumnValue| matches!(value, ColumnValue::Identity { .. });
        let made = Column {
            value: inherited.value.clone().filter(|value| !is_identity(value)),
            storage: stored,
            statistics: None,
            options: std::collections::BTreeMap::new(),
            comment: None,
            ..inherited.clone()
        };
        alter(draft, table, &made, column);
    }
}

/// Alters a column of a table or view that stays.
pub(super) fn alter(draft: &mut Draft<'_>, table: &QualifiedName, old: &Column, new: &Column) {
    let object = object(table, &new.name);
    let above = above(draft, table, &new.name);
    let is_rebuilt =
        draft.fates.rebuilt_type_of(old).is_some() && draft.fates.rebuilt_type_of(new).is_some();
    let is_converted = is_rebuilt || is_retyped(old, new);
    let is_converted_above = above.is_some_and(|(old, new)| is_rebuilt || is_retyped(old, new));
    let is_converted_here = is_converted && !is_converted_above;
    let is_set = old.is_not_null != new.is_not_null
        && above.is_none_or(|(old, new)| old.is_not_null == new.is_not_null);
    let add = |draft: &mut Draft<'_>, effect, aspect, from: &Column| {
        let (from, to) = (from.clone(), new.clone());
        let change = Change::AlterColumn { table: table.clone(), from, to, aspect };
        draft.add(Step::new(Rank::AlterColumn, effect, object.clone(), change));
    };
    if is_converted_here && !is_rebuilt {
        let (from, to) = (old.clone(), new.clone());
        let aspect = ColumnAspect::Type;
        let change = Change::AlterColumn { table: table.clone(), from, to, aspect };
        let mut step = Step::new(Rank::AlterColumn, Effect::Shake, object.clone(), change);
        step.effects.extend(below(draft, table, &new.name));
        let freed = sequences::of_identity(table, old);
        step.names.extend(freed.map(|name| (Effect::Drop, name)));
        draft.add(step);
    }
    if is_set && new.is_not_null {
        add(draft, Effect::Alter, ColumnAspect::NotNull, old);
    }
    let is_default = matches!(old.value, Some(ColumnValue::Default(_)));
    let is_made = draft.fates.is_recreated_relation(table);
    let is_in_the_way = draft.fates.is_redefaulted(&object) && !is_converted && !is_made
        || is_converted && is_converted_above
        || new.value.is_none() && value::counts_above(draft, table, &new.name);
    let left = Column { value: value::left(old, new, above, is_converted_here), ..old.clone() };
    if is_in_the_way && is_default {
        value::redefault(draft, table, old, new);
    } else if value::is_other(&left, new) {
        value::set(draft, table, &left, new);
    }
    if is_set && !new.is_not_null {
        // A key must be gone before its columns may hold null.
        add(draft, Effect::Shake, ColumnAspect::NotNull, old);
    }
    // A new type begins with its own way of storing.
    let stored = Column { storage: None, compression: None, ..old.clone() };
    let stored = if is_converted { &stored } else { old };
    if settings(stored) != settings(new) {
        add(draft, Effect::Alter, ColumnAspect::Settings, stored);
    }
    draft.comment(Commented::Object(object), old.comment.as_ref(), new.comment.as_ref());
}

/// That the columns that tables have from this one get its new type too.
pub(super) fn below(
    draft: &Draft<'_>,
    table: &QualifiedName,
    column: &str,
) -> Vec<(Effect, Object)> {
    let tables = descendants(draft, table).into_iter();
    let tables = tables.filter(|name| is_inherited(draft, name, column));
    tables.map(|name| (Effect::Shake, object(name, column))).collect()
}

/// The column of a table that this one stands under, before and after.
fn above<'a>(
    draft: &Draft<'a>,
    table: &QualifiedName,
    column: &str,
) -> Option<(&'a Column, &'a Column)> {
    draft.kept_parents(table).into_iter().find_map(|parent| {
        let old = draft.from.tables.get(parent)?.column(column)?;
        Some((old, draft.to.tables.get(parent)?.column(column)?))
    })
}

/// Whether one of the tables has a column of that name.
fn has(catalog: &Catalog, tables: &[&QualifiedName], column: &Column) -> bool {
    let mut tables = tables.iter().filter_map(|name| catalog.tables.get(*name));
    tables.any(|table| table.column(&column.name).is_some())
}

pub(super) fn object(table: &QualifiedName, column: &str) -> Object {
    Object::Column { of: table.clone(), name: column.to_owned() }
}

/// Adds a column; where tables stand below, the server adds no identity with it.
fn add(draft: &mut Draft<'_>, table: &QualifiedName, column: &Column) {
    let is_identity = matches!(column.value, Some(ColumnValue::Identity { .. }));
    let is_whole = draft.to.tables.get(table).is_some_and(|table| table.partition_key.is_some());
    if !is_identity || is_whole || descendants(draft, table).is_empty() {
        let step = create(draft, table, column);
        draft.add(step);
        return;
    }
    let bare = Column { value: None, ..column.clone() };
    let step = create(draft, table, &bare);
    draft.add(step);
    let (object, table) = (object(table, &column.name), table.clone());
    let (from, to) = (bare, column.clone());
    let change = Change::AlterColumn { table, from, to, aspect: ColumnAspect::Value };
    let step = Step::new(Rank::AlterColumn, Effect::Alter, object.clone(), change);
    draft.add(step.needing([object]));
}

fn create(draft: &Draft<'_>, table: &QualifiedName, column: &Column) -> Step {
    let object = object(table, &column.name);
    let change = Change::AddColumn { table: table.clone(), column: column.clone() };
    let mut step = Step::new(Rank::AddColumn, Effect::Create, object, change);
    for below in descendants(draft, table) {
        let of = draft.to.tables.get(below).and_then(|table| table.column(&column.name));
        if of.is_some_and(|column| column.is_inherited) {
            step.effects.push((Effect::Create, self::object(below, &column.name)));
        }
    }
    step
}

/// The tables that stand under it before and after, whatever is between.
fn descendants<'a>(draft: &Draft<'a>, table: &QualifiedName) -> Vec<&'a QualifiedName> {
    let children = draft.to.tables.keys().filter(|name| draft.kept_parents(name).contains(&table));
    children.flat_map(|name| descendants(draft, name).into_iter().chain([name])).collect()
}

fn drop(draft: &Draft<'_>, table: &QualifiedName, column: &Column) -> Step {
    let change = Change::DropColumn { table: table.clone(), column: column.clone() };
    let object = object(table, &column.name);
    let mut step = Step::new(Rank::DropColumn, Effect::Drop, object, change);
    for below in descendants(draft, table) {
        let of = draft.from.tables.get(below).and_then(|table| table.column(&column.name));
        if of.is_some_and(|column| column.is_inherited) {
            step.effects.push((Effect::Drop, self::object(below, &column.name)));
        }
    }
    let sequences = sequences::going_with(draft, table, Some(&column.name));
    step.effects.extend(sequences.iter().cloned().map(|sequence| (Effect::Drop, sequence)));
    let names = sequences.iter().filter_map(Object::qualified_name).cloned();
    names.chain(sequences::of_identity(table, column)).fold(step, Step::naming)
}

/// Whether a table that it stands under has the column too, before and after.
pub(super) fn is_inherited(draft: &Draft<'_>, table: &QualifiedName, column: &str) -> bool {
    draft.kept_parents(table).into_iter().any(|parent| {
        let has = |catalog: &Catalog| {
            catalog.tables.get(parent).is_some_and(|table| table.column(column).is_some())
        };
        has(draft.from) && has(draft.to)
    })
}

fn settings(
    column: &Column,
) -> (
    Option<crate::catalog::model::Storage>,
    Option<&String>,
    Option<i32>,
    &std::collections::BTreeMap<String, String>,
) {
    (column.storage, column.compression.as_ref(), column.statistics, &column.options)
}
