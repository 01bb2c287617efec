//! Where the values of a column come from. Pure.

use super::{
    super::{
        Change, ColumnAspect,
        draft::Draft,
        heritage,
        rank::Rank,
        sequences,
        step::{Effect, Step},
    },
    object,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Column, ColumnValue},
};

/// Where the value comes from once the column has its type, and the one above it all that is its.
pub(super) fn left(
    old: &Column,
    new: &Column,
    above: Option<(&Column, &Column)>,
    is_converted_here: bool,
) -> Option<ColumnValue> {
    let is_plain = |column: &Column| matches!(column.value, None | Some(ColumnValue::Default(_)));
    let kind = |column: &Column| column.value.as_ref().map(std::mem::discriminant);
    if let Some((old_above, new_above)) = above
        && kind(old_above) == kind(old)
        && !is_plain(old)
    {
        let is_same = kind(new_above) == kind(old);
        return if is_same { new_above.value.clone() } else { None };
    }
    if !is_converted_here {
        old.value.clone()
    } else if is_plain(old) && is_plain(new) {
        new.value.clone()
    } else if kind(old) == kind(new) {
        old.value.clone()
    } else {
        None
    }
}

/// Whether a column that this one stands under becomes an identity, be it of all its parts.
pub(super) fn counts_above(draft: &Draft<'_>, table: &QualifiedName, column: &str) -> bool {
    let is_identity = |catalog: &Catalog, table: &QualifiedName| {
        let column = catalog.tables.get(table).and_then(|table| table.column(column));
        column.is_some_and(|column| matches!(column.value, Some(ColumnValue::Identity { .. })))
    };
    let mut above = heritage::ancestors(draft.to, table).into_iter();
    above.any(|above| is_identity(draft.to, above) && !is_identity(draft.from, above))
}

/// Whether the value comes from elsewhere; the type of an identity's sequence is the column's.
pub(super) fn is_other(old: &Column, new: &Column) -> bool {
    match (&old.value, &new.value) {
        (
            Some(ColumnValue::Identity { generation, sequence }),
            Some(ColumnValue::Identity { generation: now, sequence: counting }),
        ) => generation != now || sequence.counting() != counting.counting(),
        (old, new) => old != new,
    }
}

/// Gives a column another value; one that was an identity may need the name of that one's sequence.
pub(super) fn set(draft: &mut Draft<'_>, table: &QualifiedName, old: &Column, new: &Column) {
    let freed = sequences::of_identity(table, old);
    let step = |effect, from: &Column, to: &Column| {
        let (table, from, to) = (table.clone(), from.clone(), to.clone());
        let object = object(&table, &to.name);
        let freed = freed.iter().filter(|_| from.value == old.value).cloned();
        let names = freed.map(|name| (Effect::Drop, name)).collect();
        let change = Change::AlterColumn { table, from, to, aspect: ColumnAspect::Value };
        Step { names, ..Step::new(Rank::AlterColumn, effect, object, change) }
    };
    let whole = step(Effect::Alter, old, new);
    if freed.is_some() && matches!(new.value, Some(ColumnValue::Default(_))) {
        let bare = Column { value: None, ..old.clone() };
        let stages = [step(Effect::Drop, old, &bare), step(Effect::Create, &bare, new)];
        draft.stage(whole, stages);
    } else {
        draft.add(whole);
    }
}

pub(super) fn redefault(draft: &mut Draft<'_>, table: &QualifiedName, old: &Column, new: &Column) {
    let object = object(table, &new.name);
    let bare = Column { value: None, ..old.clone() };
    let change = |from: &Column, to: &Column| Change::AlterColumn {
        table: table.clone(),
        from: from.clone(),
        to: to.clone(),
        aspect: ColumnAspect::Value,
    };
    let drop = Step::new(Rank::DropDefault, Effect::Drop, object.clone(), change(old, &bare));
    if new.value.is_some() {
        let create = Step::new(Rank::AlterColumn, Effect::Create, object, change(&bare, new));
        draft.replace(drop, create);
    } else {
        draft.add(drop);
    }
}
