//! Indexes of tables and materialised views. Pure.

use std::collections::BTreeMap;

use super::{
    Change, Commented,
    draft::Draft,
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Index, Object},
};

/// Whether statements lead from one to the other without building the index again.
pub(super) fn is_alterable(old: &Index, new: &Index) -> bool {
    essence(old) == essence(new)
}

/// Whether the server would make it, in place of one that is like it, a part of what that becomes a
/// part of.
pub(super) fn is_in_the_way(
    alone: &Index,
    old: &BTreeMap<String, Index>,
    new: &BTreeMap<String, Index>,
) -> bool {
    let mut parts = new.iter().filter(|(_, part)| part.parent.is_some());
    alone.parent.is_none()
        && parts.any(|(name, part)| {
            let was = old.get(name).filter(|was| was.parent == part.parent);
            undirected(alone) == undirected(part) && was.is_none_or(|was| !is_alterable(was, part))
        })
}

/// Whether an index stays a part of the same index of `of`, or of one that the server does not tell
/// from it.
pub(super) fn is_same_whole(to: &Catalog, of: &QualifiedName, old: &Index, new: &Index) -> bool {
    let whole = |part: &Index| to.tables.get(of)?.indexes.get(&part.parent.as_ref()?.name);
    old.parent == new.parent
        || std::iter::zip(whole(old), whole(new))
            .any(|(old, new)| undirected(old) == undirected(new))
}

/// Compares what stands under one name; `is_back` says that its table was dropped.
pub(super) fn compare<'a>(
    draft: &mut Draft<'a>,
    table: &QualifiedName,
    name: &str,
    (old, new): (Option<&'a Index>, Option<&'a Index>),
    is_back: bool,
) {
    let object = Object::Index { of: table.clone(), name: name.to_owned() };
    let own = |index: &&Index| index.constraint.is_none();
    let is_recreated = draft.fates.is_recreated(&object);
    let (partial, draft_from) = (partial(draft, table, name), draft.from);
    if draft.place(
        (old.filter(own), new.filter(own)),
        (is_recreated, is_back),
        |old| {
            let parts = parts(draft_from, table, name).into_iter();
            let names = parts.map(|(of, name)| QualifiedName::new(of.namespace, name));
            names.fold(drop(table, name, old), Step::naming)
        },
        |new| create(table, name, new).needing(partial.iter().cloned().map(index_object)),
    ) && (old.is_some_and(|index| own(&index)) || new.is_some_and(|index| own(&index)))
    {
        return;
    }
    // What backs a constraint is altered by its own name too.
    let (Some(old), Some(new)) = (old, new) else { return };
    let of = Object::Constraint { of: table.clone(), name: name.to_owned() };
    if is_back || own(&old) != own(&new) || draft.fates.is_recreated(&of) {
        return;
    }
    // How an index came to be invalid cannot be repeated.
    if old.is_invalid && !new.is_invalid {
        let change = Change::Reindex { table: table.clone(), name: name.to_owned() };
        draft.add(Step::new(Rank::CreateIndex, Effect::Alter, object.clone(), change));
    }
    if old.options != new.options {
        let change = Change::SetIndexOptions {
            table: table.clone(),
            name: name.to_owned(),
            from: old.clone(),
            index: new.clone(),
        };
        draft.add(Step::new(Rank::CreateIndex, Effect::Alter, object.clone(), change));
    }
    draft.comment(Commented::Object(object), old.comment.as_ref(), new.comment.as_ref());
}

/// The indexes of partitions, with their tables, that are to be part of one: those that are there
/// become so when it is made, and where there are none the server makes them.
pub(super) fn partial(
    draft: &Draft<'_>,
    table: &QualifiedName,
    name: &str,
) -> Vec<(QualifiedName, String)> {
    if draft.to.tables.get(table).is_none_or(|table| table.partition_key.is_none()) {
        return Vec::new();
    }
    let whole = QualifiedName::new(table.namespace.as_str(), name);
    let tables = draft.to.tables.iter();
    let partial = tables.flat_map(|(table, found)| {
        let parts = found.indexes.iter().filter(|(_, index)| index.parent.as_ref() == Some(&whole));
        parts.map(|(name, _)| (table.clone(), name.clone()))
    });
    partial.collect()
}

/// The indexes of partitions, with their tables, that go with this one.
pub(super) fn parts(
    from: &Catalog,
    table: &QualifiedName,
    name: &str,
) -> Vec<(QualifiedName, String)> {
    let whole = QualifiedName::new(&table.namespace, name);
    let mut parts = Vec::new();
    for (table, found) in &from.tables {
        let of_it = found.indexes.iter().filter(|(_, index)| index.parent.as_ref() == Some(&whole));
        for (name, _) in of_it {
            parts.push((table.clone(), name.clone()));
            parts.extend(self::parts(from, table, name));
        }
    }
    parts
}

fn index_object((of, name): (QualifiedName, String)) -> Object {
    Object::Index { of, name }
}

fn create(table: &QualifiedName, name: &str, index: &Index) -> Step {
    let change =
        Change::CreateIndex { table: table.clone(), name: name.to_owned(), index: index.clone() };
    step(Rank::CreateIndex, Effect::Create, table, name, change)
}

fn drop(table: &QualifiedName, name: &str, index: &Index) -> Step {
    let change =
        Change::DropIndex { table: table.clone(), name: name.to_owned(), index: index.clone() };
    step(Rank::DropIndex, Effect::Drop, table, name, change)
}

fn step(rank: Rank, effect: Effect, table: &QualifiedName, name: &str, change: Change) -> Step {
    let object = Object::Index { of: table.clone(), name: name.to_owned() };
    let step = Step::new(rank, effect, object, change);
    step.naming(QualifiedName::new(table.namespace.as_str(), name))
}

/// What the server looks at in an index that could be a part of another.
fn undirected(index: &Index) -> Index {
    let mut index = essence(index);
    for key in &mut index.keys {
        (key.is_descending, key.is_nulls_first) = (false, false);
    }
    index
}

fn essence(index: &Index) -> Index {
    Index {
        options: BTreeMap::new(),
        is_invalid: false,
        parent: None,
        comment: None,
        ..index.clone()
    }
}
