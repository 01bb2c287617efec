//! Sequences and what they go with. Pure.

use super::{
    Change, Commented,
    draft::{Draft, both},
    heritage,
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::{
    QualifiedName,
    model::{Column, ColumnName, ColumnValue, Object, Sequence},
};

pub(super) fn compare(draft: &mut Draft<'_>) {
    for (name, old, new) in both(&draft.from.sequences, &draft.to.sequences) {
        let object = Object::Sequence(name.clone());
        match (old, new) {
            (Some(old), None) => {
                let owner = old.owner.as_ref().filter(|owner| goes(draft, owner));
                if let Some(owner) = owner.filter(|owner| is_needed_beside(draft, &name, owner)) {
                    release(draft, &name, owner);
                }
                if owner.is_none_or(|owner| is_needed_beside(draft, &name, owner)) {
                    let change = Change::DropSequence { name: name.clone(), sequence: old.clone() };
                    let step = Step::new(Rank::DropSequence, Effect::Drop, object, change);
                    draft.add(step.naming(name));
                }
            }
            (None, Some(new)) => {
                let change = Change::CreateSequence { name: name.clone(), sequence: new.clone() };
                let step = Step::new(Rank::CreateSequence, Effect::Create, object, change);
                draft.add(step.naming(name.clone()));
                own(draft, &name, None, new);
            }
            (Some(old), Some(new)) => {
                let is_unlogged = taken_along(draft, old, new).unwrap_or(old.is_unlogged);
                if (&old.options, is_unlogged) != (&new.options, new.is_unlogged) {
                    let (from, to) = (Sequence { is_unlogged, ..old.clone() }, new.clone());
                    let change = Change::AlterSequence { name: name.clone(), from, to };
                    let step =
                        Step::new(Rank::AlterSequence, Effect::Alter, object.clone(), change);
                    draft.add(step);
                }
                hand_over(draft, &name, old, new);
                let on = Commented::Object(object);
                draft.comment(on, old.comment.as_ref(), new.comment.as_ref());
            }
            (None, None) => {}
        }
    }
}

/// The sequences that go when a table or, where it is named, its column does.
pub(super) fn going_with(
    draft: &Draft<'_>,
    table: &QualifiedName,
    column: Option<&str>,
) -> Vec<Object> {
    let sequences = draft.from.sequences.iter().filter(|(name, sequence)| {
        !draft.to.sequences.contains_key(*name)
            && sequence.owner.as_ref().is_some_and(|owner| {
                owner.table == *table
                    && column.is_none_or(|column| owner.column == column)
                    && !is_needed_beside(draft, name, owner)
            })
    });
    sequences.map(|(name, _)| Object::Sequence(name.clone())).collect()
}

/// Whether the sequence is unlogged because the table that owns it, before and after, becomes so.
fn taken_along(draft: &Draft<'_>, old: &Sequence, new: &Sequence) -> Option<bool> {
    let owner = old.owner.as_ref()?;
    new.owner.as_ref().filter(|new| new.table == owner.table)?;
    let (from, to) = (draft.from.tables.get(&owner.table)?, draft.to.tables.get(&owner.table)?);
    (from.is_unlogged != to.is_unlogged && !goes(draft, owner)).then_some(to.is_unlogged)
}

/// The name that the server gave the sequence of an identity, unless that was taken.
pub(super) fn of_identity(table: &QualifiedName, column: &Column) -> Option<QualifiedName> {
    let is_identity = matches!(column.value, Some(ColumnValue::Identity { .. }));
    let name = format!("{}_{}_seq", table.name, column.name);
    is_identity.then(|| QualifiedName::new(&table.namespace, name))
}

/// Whether the column goes, be it for a while.
fn goes(draft: &Draft<'_>, column: &ColumnName) -> bool {
    let object = Object::Column { of: column.table.clone(), name: column.column.clone() };
    let new = draft.to.tables.get(&column.table);
    new.and_then(|table| table.column(&column.column)).is_none()
        || draft.fates.is_recreated(&object)
        || draft.fates.is_recreated_relation(&column.table)
}

/// Whether a table counts with a sequence that does not go before the owner's: it may have to go
/// later.
fn is_needed_beside(draft: &Draft<'_>, name: &QualifiedName, owner: &ColumnName) -> bool {
    let sequence = Object::Sequence(name.clone());
    let standing = draft.from.dependencies.iter().filter(|dependency| dependency.on == sequence);
    let mut tables = standing.filter_map(|dependency| dependency.dependent.container());
    tables.any(|table| {
        *table != owner.table && !heritage::ancestors(draft.from, table).contains(&owner.table)
    })
}

/// Takes the sequence from its owner before that goes.
fn release(draft: &mut Draft<'_>, name: &QualifiedName, owner: &ColumnName) {
    let from = Some(owner.clone());
    let change = Change::SetSequenceOwner { name: name.clone(), from, to: None };
    let object = Object::Column { of: owner.table.clone(), name: owner.column.clone() };
    let freed = [object, Object::Table(owner.table.clone()), Object::Sequence(name.clone())];
    draft.add(Step::bare(Rank::ReleaseSequence, change).freeing(freed));
}

/// Sees to it that the sequence outlives the column that it went with, and goes with the new one.
fn hand_over(draft: &mut Draft<'_>, name: &QualifiedName, old: &Sequence, new: &Sequence) {
    match &old.owner {
        Some(owner) if goes(draft, owner) => {
            release(draft, name, owner);
            own(draft, name, None, new);
        }
        _ => own(draft, name, old.owner.as_ref(), new),
    }
}

fn own(draft: &mut Draft<'_>, name: &QualifiedName, old: Option<&ColumnName>, new: &Sequence) {
    if old == new.owner.as_ref() {
        return;
    }
    let change =
        Change::SetSequenceOwner { name: name.clone(), from: old.cloned(), to: new.owner.clone() };
    let owner = new.owner.iter().flat_map(|owner| {
        let of = owner.table.clone();
        [Object::Table(of.clone()), Object::Column { of, name: owner.column.clone() }]
    });
    let needed = owner.chain([Object::Sequence(name.clone())]);
    draft.add(Step::bare(Rank::OwnSequence, change).needing(needed));
}
