//! Tables, with what they are made of. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Change, Commented, Constrained, TableAspect, columns, constraints,
    draft::{Draft, both},
    heritage, indexes,
    rank::Rank,
    sequences,
    step::{Effect, Step},
    triggers, trunk,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{
        Column, Constraint, ConstraintKind, Index, Object, ReplicaIdentity, Storage, Table, Trigger,
    },
};

static NOTHING: Parts =
    Parts { constraints: BTreeMap::new(), indexes: BTreeMap::new(), triggers: BTreeMap::new() };

struct Parts {
    constraints: BTreeMap<String, Constraint>,
    indexes: BTreeMap<String, Index>,
    triggers: BTreeMap<String, Trigger>,
}

pub(super) fn compare(draft: &mut Draft<'_>) {
    let cycles = cycles(draft);
    for (name, old, new) in both(&draft.from.tables, &draft.to.tables) {
        let object = Object::Table(name.clone());
        let is_recreated = draft.fates.is_recreated(&object);
        let catalogs = (draft.from, draft.to);
        let going: Vec<_> = sequences::going_with(draft, &name, None);
        let placed = draft.place(
            (old, new),
            (is_recreated, false),
            |old| {
                let change = Change::DropTable { name: name.clone(), table: old.clone() };
                let mut step = Step::new(Rank::DropTable, Effect::Drop, object.clone(), change);
                step.effects.extend(going.iter().cloned().map(|going| (Effect::Drop, going)));
                let above = heritage::parents(old).into_iter().cloned();
                step.effects.extend(above.map(|of| (Effect::Leave, Object::Table(of))));
                let indexes = old.indexes.keys();
                let owned = going.iter().filter_map(|going| going.qualified_name().cloned());
                indexes
                    .map(|index| QualifiedName::new(&name.namespace, index))
                    .chain(owned)
                    .chain(old.columns.iter().filter_map(|c| sequences::of_identity(&name, c)))
                    .fold(step.naming(name.clone()), Step::naming)
            },
            |new| {
                let table = trunk::trunk(catalogs, &name, new);
                let change = Change::CreateTable { name: name.clone(), table };
                let mut step = Step::new(Rank::CreateTable, Effect::Create, object.clone(), change);
                let above = new.parents.iter().cloned();
                step.effects.extend(above.map(|of| (Effect::Join, Object::Table(of))));
                let columns = new.columns.iter().filter(|column| column.is_inherited);
                let above = columns.flat_map(|column| {
                    let above = new.parents.iter();
                    above.map(|parent| columns::object(parent, &column.name))
                });
                step.naming(name.clone())
                    .needing(heritage::parents(new).into_iter().cloned().map(Object::Table))
                    .needing(above)
            },
        );
        match (old, new) {
            (Some(old), Some(new)) if !placed => {
                alter(draft, &name, old, new);
                heritage::attach(draft, &name, Some(old), new);
                parts(draft, &name, Some(old), new);
            }
            (_, Some(new)) => {
                if let Some(old) = old {
                    release(draft, &name, old, &cycles);
                    heritage::part(draft, &name, old);
                }
                branches(draft, &name, old, new);
                heritage::attach(draft, &name, None, new);
            }
            (Some(old), None) => {
                release(draft, &name, old, &cycles);
                heritage::part(draft, &name, old);
            }
            (None, None) => {}
        }
    }
}

/// Drops the foreign keys that would keep two tables from going one after the other.
fn release(
    draft: &mut Draft<'_>,
    name: &QualifiedName,
    old: &Table,
    cycles: &BTreeSet<(QualifiedName, QualifiedName)>,
) {
    for (key, constraint) in &old.constraints {
        if let ConstraintKind::ForeignKey(foreign) = &constraint.kind
            && !constraint.is_inherited
            && cycles.contains(&(name.clone(), foreign.referenced_table.clone()))
        {
            draft.add(constraints::drop(&Constrained::Table(name.clone()), key, constraint, None));
        }
    }
}

/// The tables that go and wait for each other, be it by way of others.
fn cycles(draft: &Draft<'_>) -> BTreeSet<(QualifiedName, QualifiedName)> {
    let mut reached: BTreeSet<(QualifiedName, QualifiedName)> = BTreeSet::new();
    let goes = |name: &QualifiedName| {
        !draft.to.tables.contains_key(name)
            || draft.fates.is_recreated(&Object::Table(name.clone()))
    };
    let mut direct = BTreeSet::new();
    for (name, table) in draft.from.tables.iter().filter(|(name, _)| goes(name)) {
        for constraint in table.constraints.values() {
            if let ConstraintKind::ForeignKey(key) = &constraint.kind
                && key.referenced_table != *name
                && goes(&key.referenced_table)
            {
                direct.insert((name.clone(), key.referenced_table.clone()));
            }
        }
        let above = heritage::parents(table).into_iter().filter(|parent| goes(parent));
        direct.extend(above.map(|parent| (name.clone(), parent.clone())));
    }
    let mut new = direct.clone();
    while !new.is_empty() {
        reached.extend(new.iter().cloned());
        let steps = new.iter().flat_map(|(from, through)| {
            let next = direct.iter().filter(move |(next, _)| next == through);
            next.map(move |(_, to)| (from.clone(), to.clone()))
        });
        new = steps.filter(|step| !reached.contains(step)).collect();
    }
    direct.retain(|(from, to)| reached.contains(&(to.clone(), from.clone())));
    direct
}

/// What is made after a table that is made.
fn branches<'a>(
    draft: &mut Draft<'a>,
    name: &QualifiedName,
    old: Option<&'a Table>,
    new: &'a Table,
) {
    let of = Constrained::Table(name.clone());
    let is_back = old.is_some();
    for (key, constraint) in &new.constraints {
        // To become a partition, a table has the checks of the whole.
        let is_check = matches!(constraint.kind, ConstraintKind::Check(_));
        let is_own = !constraint.is_inherited || is_check && new.partition.is_some();
        if !is_own {
            heritage::comment_inherited(draft, name, key, constraint);
        } else if trunk::is_separate((draft.from, draft.to), name, new, key) {
            let was = old.and_then(|old| old.constraints.get(key));
            let indexes = (old.and_then(|old| old.indexes.get(key)), new.indexes.get(key));
            constraints::compare(draft, &of, key, (was, Some(constraint)), indexes, is_back);
        }
    }
    for (key, index) in new.indexes.iter().filter(|(_, index)| index.constraint.is_none()) {
        let was = old.and_then(|old| old.indexes.get(key));
        let was = was.filter(|index| index.constraint.is_none());
        indexes::compare(draft, name, key, (was, Some(index)), is_back);
    }
    for (key, trigger) in &new.triggers {
        let was = old.and_then(|old| old.triggers.get(key));
        triggers::compare(draft, name, key, (was, Some(trigger)), is_back);
    }
    if let to @ ReplicaIdentity::Index(_) = &new.replica_identity {
        identify(draft, name, &ReplicaIdentity::PrimaryKey, to);
    }
    let parents: Vec<_> = new.parents.iter().collect();
    for column in new.columns.iter().filter(|column| column.is_inherited) {
        columns::differ(draft, name, &parents, column, storage_above(draft.to, &parents, column));
    }
}

/// How the parent stores a column, which a child that is made takes over.
fn storage_above(to: &Catalog, parents: &[&QualifiedName], column: &Column) -> Option<Storage> {
    let mut above = parents.iter().filter_map(|parent| to.tables.get(*parent));
    above.find_map(|parent| parent.column(&column.name)).and_then(|column| column.storage)
}

fn alter(draft: &mut Draft<'_>, name: &QualifiedName, old: &Table, new: &Table) {
    let mut aspects = Vec::new();
    if old.options != new.options {
        let (from, to) = (old.options.clone(), new.options.clone());
        aspects.push(TableAspect::Options { from, to });
    }
    if old.access_method != new.access_method {
        let (from, to) = (old.access_method.clone(), new.access_method.clone());
        aspects.push(TableAspect::AccessMethod { from, to });
    }
    if old.is_unlogged != new.is_unlogged {
        aspects.push(TableAspect::Unlogged { to: new.is_unlogged });
    }
    if old.has_row_security != new.has_row_security {
        aspects.push(TableAspect::RowSecurity { to: new.has_row_security });
    }
    if old.is_row_security_forced != new.is_row_security_forced {
        aspects.push(TableAspect::ForcedRowSecurity { to: new.is_row_security_forced });
    }
    let object = Object::Table(name.clone());
    for aspect in aspects {
        let change = Change::AlterTable { name: name.clone(), aspect };
        draft.add(Step::bare(Rank::AlterTable, change));
    }
    heritage::inherit(draft, name, old, new);
    let was = match &old.replica_identity {
        // It goes with its index.
        ReplicaIdentity::Index(index) if goes(draft, name, index) => &ReplicaIdentity::PrimaryKey,
        identity => identity,
    };
    if *was != new.replica_identity {
        identify(draft, name, was, &new.replica_identity);
    }
    let on = Commented::Object(object);
    draft.comment(on, old.comment.as_ref(), new.comment.as_ref());
    columns::compare(draft, name, old, new);
}

/// Whether an index goes, be it for a while.
fn goes(draft: &Draft<'_>, table: &QualifiedName, index: &str) -> bool {
    let (of, name) = (table.clone(), index.to_owned());
    let objects =
        [Object::Index { of: of.clone(), name: name.clone() }, Object::Constraint { of, name }];
    let new = draft.to.tables.get(table);
    !new.is_some_and(|new| new.indexes.contains_key(index))
        || objects.iter().any(|object| draft.fates.is_recreated(object))
}

fn identify(
    draft: &mut Draft<'_>,
    name: &QualifiedName,
    from: &ReplicaIdentity,
    to: &ReplicaIdentity,
) {
    let (from, to) = (from.clone(), to.clone());
    let aspect = TableAspect::ReplicaIdentity { from, to };
    let change = Change::AlterTable { name: name.clone(), aspect };
    draft.add(Step::bare(Rank::ReplicaIdentity, change).needing([Object::Table(name.clone())]));
}

/// Compares the parts of a table that stays; what comes and goes with a parent is the parent's.
fn parts<'a>(draft: &mut Draft<'a>, name: &QualifiedName, old: Option<&'a Table>, new: &'a Table) {
    let is_kept = !draft.kept_parents(name).is_empty();
    let of = Constrained::Table(name.clone());
    let (from, to) = (draft.from, draft.to);
    for (key, was, is) in
        both(old.map_or(&NOTHING.constraints, |old| &old.constraints), &new.constraints)
    {
        let index = |catalog: &'a Catalog| catalog.tables.get(name)?.indexes.get(&key);
        let (was, is) = heritage::apart(draft, name, &key, (was, is), index(to).is_some());
        constraints::compare(draft, &of, &key, (was, is), (index(from), index(to)), false);
    }
    for (key, was, is) in both(old.map_or(&NOTHING.indexes, |old| &old.indexes), &new.indexes) {
        let object = Object::Index { of: name.clone(), name: key.clone() };
        let was_part = was.is_some_and(|was| was.parent.is_some());
        let whole = new.partition.as_ref().map(|partition| &partition.of);
        let is_same = std::iter::zip(whole, std::iter::zip(was, is))
            .any(|(of, (was, is))| indexes::is_same_whole(to, of, was, is));
        let is_alone = !is_same || draft.fates.is_recreated(&object);
        // It goes with the index that it is part of.
        let goes = is_kept && was_part && is_alone;
        indexes::compare(draft, name, &key, (was.filter(|_| !goes), is), false);
    }
    for (key, was, is) in both(old.map_or(&NOTHING.triggers, |old| &old.triggers), &new.triggers) {
        triggers::compare(draft, name, &key, (was, is), false);
    }
}
