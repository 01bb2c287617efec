//! What a table is a part of or inherits from, and what it has of that. Pure.

use std::collections::BTreeSet;

use super::{
    Change, Commented, TableAspect,
    draft::Draft,
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Constraint, ConstraintKind, Object, Table},
};

/// What a table stands under: the table that it is a partition of, and those that it inherits from.
pub(super) fn parents(table: &Table) -> Vec<&QualifiedName> {
    let partition = table.partition.iter().map(|partition| &partition.of);
    partition.chain(&table.parents).collect()
}

/// All that a table stands under, whatever is between.
pub(super) fn ancestors<'a>(
    catalog: &'a Catalog,
    name: &QualifiedName,
) -> BTreeSet<&'a QualifiedName> {
    let above = catalog.tables.get(name).map(parents).unwrap_or_default();
    above
        .into_iter()
        .flat_map(|parent| ancestors(catalog, parent).into_iter().chain([parent]))
        .collect()
}

/// Takes a partition that goes out of the whole, where a foreign key to that would keep it.
pub(super) fn part(draft: &mut Draft<'_>, name: &QualifiedName, old: &Table) {
    let Some(partition) = &old.partition else { return };
    let of = |name: &QualifiedName| {
        let table = draft.from.tables.get(name)?;
        table.partition.as_ref().map(|partition| partition.of.clone())
    };
    let wholes: Vec<_> = std::iter::successors(of(name), of).collect();
    let constraints = draft.from.tables.values().flat_map(|table| table.constraints.values());
    let is_referred_to = constraints.into_iter().any(|constraint| match &constraint.kind {
        ConstraintKind::ForeignKey(key) => wholes.contains(&key.referenced_table),
        _ => false,
    });
    if is_referred_to {
        let change = Change::DetachPartition { name: name.clone(), partition: partition.clone() };
        let step = Step::between(Rank::Detach, Effect::Leave, name, &partition.of, change);
        draft.add(step.freeing([Object::Table(partition.of.clone()), Object::Table(name.clone())]));
    }
}

/// Comments on what a table has from another.
pub(super) fn comment_inherited(
    draft: &mut Draft<'_>,
    name: &QualifiedName,
    key: &str,
    constraint: &Constraint,
) {
    let object = Object::Constraint { of: name.clone(), name: key.to_owned() };
    draft.comment(Commented::Object(object), None, constraint.comment.as_ref());
}

/// Makes a table a partition, or no longer one.
pub(super) fn attach(
    draft: &mut Draft<'_>,
    name: &QualifiedName,
    old: Option<&Table>,
    new: &Table,
) {
    let was = old.and_then(|old| old.partition.as_ref());
    if was == new.partition.as_ref() {
        return;
    }
    if let Some(partition) = was {
        let change = Change::DetachPartition { name: name.clone(), partition: partition.clone() };
        let step = Step::between(Rank::Detach, Effect::Leave, name, &partition.of, change);
        draft.add(step.freeing([Object::Table(partition.of.clone())]));
    }
    if let Some(partition) = &new.partition {
        let change = Change::AttachPartition { name: name.clone(), partition: partition.clone() };
        let needed = [Object::Table(partition.of.clone()), Object::Table(name.clone())];
        let step = Step::between(Rank::Attach, Effect::Join, name, &partition.of, change);
        draft.add(step.needing(needed));
    }
}

/// Leaves the parents that go, and joins those that come.
pub(super) fn inherit(draft: &mut Draft<'_>, name: &QualifiedName, old: &Table, new: &Table) {
    let kept = draft.kept_parents(name);
    let kept: Vec<_> = old.parents.iter().filter(|parent| kept.contains(parent)).cloned().collect();
    let mut step = |rank, effect, from: &[QualifiedName], to: &[QualifiedName]| {
        let aspect = TableAspect::Parents { from: from.to_vec(), to: to.to_vec() };
        let change = Change::AlterTable { name: name.clone(), aspect };
        let of = from.iter().chain(to).filter(|parent| !kept.contains(parent));
        let of: Vec<_> = of.chain([name]).cloned().map(Object::Table).collect();
        if of.len() > 1 {
            let mut step = Step::bare(rank, change).needing(match effect {
                Effect::Join => of.clone(),
                _ => Vec::new(),
            });
            if effect == Effect::Leave {
                step = step.freeing(of.clone());
            }
            step.effects = of.into_iter().map(|object| (effect, object)).collect();
            draft.add(step);
        }
    };
    step(Rank::Detach, Effect::Leave, &old.parents, &kept);
    step(Rank::Attach, Effect::Join, &kept, &new.parents);
}

/// What of a constraint, before and after, does not go and come with that of a table above.
pub(super) fn apart<'a>(
    draft: &mut Draft<'a>,
    name: &QualifiedName,
    key: &str,
    (was, is): (Option<&'a Constraint>, Option<&'a Constraint>),
    has_index: bool,
) -> (Option<&'a Constraint>, Option<&'a Constraint>) {
    let parents = draft.kept_parents(name);
    let has = |catalog: &Catalog, parent: &QualifiedName| {
        let table = catalog.tables.get(parent);
        table.is_some_and(|table| table.constraints.contains_key(key))
    };
    let mut above = parents.iter().filter(|name| has(draft.from, name) && has(draft.to, name));
    let is_recreated = |parent: &QualifiedName| {
        let object = Object::Constraint { of: parent.clone(), name: key.to_owned() };
        draft.fates.is_recreated(&object)
    };
    let is_recreated_above = above.clone().any(|parent| is_recreated(parent));
    let is_kept_above = above.any(|parent| !is_recreated(parent));
    let object = Object::Constraint { of: name.clone(), name: key.to_owned() };
    let is_from_above = is_recreated_above && was.is_some_and(|was| was.is_inherited);
    let is_alone = was.is_some() != is.is_some()
        || draft.fates.is_recreated(&object)
        || is_from_above && is.is_some_and(|is| is.is_inherited);
    if is_kept_above && !is_alone {
        // The server makes it anew for a new type, and forgets the comment.
        if let Some(is) = is.filter(|is| is.is_inherited && draft.fates.is_on_retyped(&object)) {
            comment_inherited(draft, name, key, is);
        }
        return (was, is);
    }
    let goes = !parents.is_empty()
        && was.is_some_and(|was| was.is_inherited)
        && (is_alone || is.is_some_and(|is| !is.is_inherited));
    let comes = is.is_some_and(|is| {
        let is_foreign_key = matches!(is.kind, ConstraintKind::ForeignKey(_));
        // A key of a partition is made first, and becomes part of the whole's.
        is.is_inherited && (!parents.is_empty() || is_foreign_key) && is_alone && !has_index
    });
    if let (true, Some(is)) = (comes, is) {
        comment_inherited(draft, name, key, is);
    }
    (was.filter(|_| !goes), is.filter(|_| !comes))
}
