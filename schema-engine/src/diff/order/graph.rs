//! Which step comes before which. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    super::{
        Change, TableAspect, constraints, heritage,
        rank::Rank,
        step::{Effect, Step},
    },
    index::{Index, wholes},
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ColumnName, ConstraintKind, Dependency, Object, Validity},
};

/// Which step comes before which.
pub(super) struct Graph {
    ranks: Vec<Rank>,
    later: Vec<BTreeSet<usize>>,
    sorted: Vec<usize>,
}

impl Graph {
    pub(super) fn of(from: &Catalog, to: &Catalog, steps: &[Step]) -> Self {
        let mut graph = Self {
            ranks: steps.iter().map(|step| step.rank).collect(),
            later: vec![BTreeSet::new(); steps.len()],
            sorted: Vec::new(),
        };
        let index = Index::of(steps);
        // What a table is partitioned by is its own.
        let is_own = |dependency: &Dependency| match &dependency.dependent {
            Object::Table(name) => dependency.on.container() == Some(name),
            _ => false,
        };
        for dependency in from.dependencies.iter().filter(|dependency| !is_own(dependency)) {
            let is_freed = !to.dependencies.contains(dependency);
            graph.add_of_old(&index, dependency, is_freed);
        }
        for dependency in to.dependencies.iter().filter(|dependency| !is_own(dependency)) {
            graph.add_of_new(&index, to, dependency);
        }
        graph.add_own(&index, to, steps);
        graph.add_columns(&index, from, to, steps);
        graph.add_persistence(&index, from, to, steps);
        graph.add_constraints(&index, from, to, steps);
        graph.add_names(steps);
        graph
    }

    pub(super) fn add(&mut self, before: &[usize], after: &[usize]) {
        for first in before {
            self.later[*first].extend(after.iter().filter(|second| *second != first));
        }
    }

    fn add_of_old(&mut self, index: &Index<'_>, dependency: &Dependency, is_freed: bool) {
        let Dependency { dependent, on } = dependency;
        let dropped = index.steps(Effect::Drop, dependent);
        let ground = index.steps(Effect::Drop, on);
        self.add(dropped, ground);
        self.add(dropped, index.steps(Effect::Shake, on));
        if is_freed && dropped.is_empty() {
            for effect in [Effect::Alter, Effect::Shake] {
                let is_same_whole =
                    on.container().is_some() && on.container() == dependent.container();
                let altered = if is_same_whole {
                    index.exact(effect, dependent)
                } else {
                    index.steps(effect, dependent)
                };
                self.add(altered, ground);
                self.add(altered, index.steps(Effect::Shake, on));
            }
        }
    }

    fn add_of_new(&mut self, index: &Index<'_>, to: &Catalog, dependency: &Dependency) {
        let Dependency { dependent, on } = dependency;
        // Parts that come with their whole need nothing of each other, and no foreign key comes so.
        let is_same_whole = on.container().is_some() && on.container() == dependent.container();
        let is_exact = is_same_whole || is_foreign_key(to, dependent);
        let steps = |is_exact, effect, object| {
            if is_exact { index.exact(effect, object) } else { index.steps(effect, object) }
        };
        for effect in [Effect::Create, Effect::Alter, Effect::Shake] {
            let ground = steps(is_same_whole, effect, on);
            for effect in [Effect::Create, Effect::Alter, Effect::Shake] {
                self.add(ground, steps(is_exact, effect, dependent));
            }
        }
    }

    /// What steps would rather have before them.
    pub(super) fn add_wishes(&mut self, steps: &[Step]) {
        let index = Index::of(steps);
        for (place, step) in steps.iter().enumerate() {
            for object in &step.wishes {
                for effect in [Effect::Create, Effect::Alter, Effect::Shake] {
                    self.add(index.steps(effect, object), &[place]);
                }
            }
        }
    }

    /// What steps say themselves, and that the parts of a thing come and go within its life.
    fn add_own(&mut self, index: &Index<'_>, to: &Catalog, steps: &[Step]) {
        let mut indexes: HashMap<&QualifiedName, Vec<usize>> = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            if let Change::CreateIndex { table, .. } = creation(&step.change) {
                indexes.entry(table).or_default().push(place);
            }
        }
        for (place, step) in steps.iter().enumerate() {
            for object in &step.needs {
                for effect in [Effect::Create, Effect::Alter, Effect::Shake] {
                    self.add(index.steps(effect, object), &[place]);
                }
            }
            for object in &step.frees {
                self.add(&[place], index.steps(Effect::Drop, object));
            }
            for (effect, object) in &step.effects {
                let Some(of) = object.container() else { continue };
                let table = Object::Table(of.clone());
                let whole = to.tables.get(of).and_then(|table| table.partition.as_ref());
                let of_whole = whole.and_then(|whole| indexes.get(&whole.of));
                let of_whole = of_whole.map_or(&[][..], Vec::as_slice);
                if is_index_alone(&step.change) {
                    self.add(of_whole, &[place]);
                }
                if is_index_gone(&step.change) {
                    self.add(&[place], of_whole);
                    self.add(&[place], index.exact(Effect::Join, &table));
                }
                // What a whole and its part share is shared alone before they meet, and after.
                for leaving in index.exact(Effect::Leave, &table) {
                    let is_before = match step.rank {
                        Rank::DropTrigger => false,
                        Rank::DropForeignKey => {
                            is_left_alone(&steps[*leaving].change, of, &step.change)
                        }
                        _ => true,
                    };
                    if is_before {
                        self.add(&[*leaving], &[place]);
                    }
                }
                for joining in index.exact(Effect::Join, &table) {
                    // What a new child inherits would be valid for it.
                    let is_inherited =
                        is_not_valid(&step.change) && is_creation(&steps[*joining].change);
                    if is_inherited || is_index_alone(&step.change) {
                        self.add(&[*joining], &[place]);
                    } else if step.rank < Rank::Attach {
                        self.add(&[place], &[*joining]);
                    }
                }
                for whole in wholes(of) {
                    match effect {
                        Effect::Drop => self.add(&[place], index.exact(Effect::Drop, &whole)),
                        _ => self.add(index.exact(Effect::Create, &whole), &[place]),
                    }
                }
            }
        }
    }

    /// The steps of a column follow each other as they were told, and those of a parent's column
    /// come before what its children's have of their own.
    fn add_columns(&mut self, index: &Index<'_>, from: &Catalog, to: &Catalog, steps: &[Step]) {
        let moving = moving(steps);
        let mut last: BTreeMap<&Object, usize> = BTreeMap::new();
        for (place, step) in steps.iter().enumerate() {
            for (effect, object) in &step.effects {
                let Object::Column { of, name } = object else { continue };
                // What is done to a column by way of its parent is the parent's.
                let is_drop = *effect == Effect::Drop;
                let change = if is_drop { removal(&step.change) } else { creation(&step.change) };
                let is_own = match change {
                    Change::AlterColumn { table, .. }
                    | Change::AddColumn { table, .. }
                    | Change::DropColumn { table, .. } => table == of,
                    Change::RebuildTypes { columns, .. } | Change::ReplaceTypes { columns, .. } => {
                        columns.iter().any(|column| column.table == *of)
                    }
                    _ => true,
                };
                if is_own
                    && matches!(effect, Effect::Alter | Effect::Shake)
                    && let Some(before) = last.insert(object, place)
                {
                    self.add(&[before], &[place]);
                }
                let catalog = if is_drop { from } else { to };
                let is_kept = is_own && !moving.contains(of);
                let above =
                    if is_kept { heritage::ancestors(catalog, of) } else { BTreeSet::new() };
                for parent in above {
                    let above = Object::Column { of: parent.clone(), name: name.clone() };
                    for other in [Effect::Create, Effect::Shake, Effect::Alter] {
                        let altered = index.exact(other, &above);
                        if is_drop {
                            self.add(&[place], altered);
                        } else {
                            self.add(altered, &[place]);
                        }
                    }
                }
            }
        }
    }

    /// What refers outlives a crash no more than what it refers to, at any time; and what a table
    /// owns, as the table does.
    fn add_persistence(&mut self, index: &Index<'_>, from: &Catalog, to: &Catalog, steps: &[Step]) {
        let mut logging: HashMap<&QualifiedName, (usize, bool)> = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            if let Change::AlterTable { name, aspect: TableAspect::Unlogged { to } } = &step.change
            {
                logging.insert(name, (place, *to));
            }
        }
        if logging.is_empty() {
            return;
        }
        let of = |owner: &Option<ColumnName>| {
            let owner = owner.as_ref();
            owner.and_then(|owner| logging.get(&owner.table)).map(|(place, _)| *place)
        };
        for (place, step) in steps.iter().enumerate() {
            let (before, after) = match &step.change {
                Change::SetSequenceOwner { from, to, .. } if of(from) != of(to) => {
                    (of(from), of(to))
                }
                Change::AlterSequence { to, .. } => (None, of(&to.owner)),
                _ => continue,
            };
            self.add(&[place], before.as_slice());
            self.add(after.as_slice(), &[place]);
        }
        for catalog in [from, to] {
            for (object, name, referenced) in foreign_keys(catalog) {
                let tables = [logging.get(name), logging.get(referenced)];
                for (place, _) in tables.into_iter().flatten() {
                    self.add(index.steps(Effect::Drop, &object), &[*place]);
                    self.add(&[*place], index.exact(Effect::Create, &object));
                }
                match tables {
                    [Some((place, true)), Some((other, _))] => self.add(&[*place], &[*other]),
                    [Some((place, false)), Some((other, _))] => self.add(&[*other], &[*place]),
                    _ => {}
                }
            }
        }
    }

    /// A constraint of its own comes after one that it had from above, and goes before such a one.
    fn add_constraints(&mut self, index: &Index<'_>, from: &Catalog, to: &Catalog, steps: &[Step]) {
        let moving = moving(steps);
        let mut keys: HashMap<&QualifiedName, Vec<usize>> = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            let of = step.effects.first().and_then(|(_, object)| object.container());
            if let (Rank::AddForeignKey, Some(of)) = (step.rank, of) {
                keys.entry(of).or_default().push(place);
            }
        }
        for (place, step) in steps.iter().enumerate() {
            for (effect, object) in &step.effects {
                let Object::Constraint { of, name } = object else { continue };
                let catalog = if *effect == Effect::Drop { from } else { to };
                let table = catalog.tables.get(of);
                let constraint = table.and_then(|table| table.constraints.get(name));
                // The key that it refers to may be that of a whole.
                if let Some(ConstraintKind::ForeignKey(key)) = constraint.map(|found| &found.kind)
                    && *effect == Effect::Create
                {
                    let referenced = Object::Table(key.referenced_table.clone());
                    self.add(index.exact(Effect::Join, &referenced), &[place]);
                    // It would choose a key that goes while that is there.
                    for old in referable(from, &key.referenced_table) {
                        self.add(index.exact(Effect::Drop, &old), &[place]);
                    }
                }
                for parent in heritage::ancestors(catalog, of) {
                    let above = Object::Constraint { of: parent.clone(), name: name.clone() };
                    if moving.contains(of) {
                        // It has its own while it is alone.
                    } else if *effect == Effect::Drop {
                        // What it has of both goes above first.
                        self.add(index.exact(Effect::Drop, &above), &[place]);
                        self.add(&[place], index.exact(Effect::Create, &above));
                    } else {
                        self.add(index.exact(Effect::Drop, &above), &[place]);
                    }
                    // Else the server would take the part's for the whole's.
                    if step.rank == Rank::AddForeignKey && *effect == Effect::Create {
                        self.add(index.exact(Effect::Join, &Object::Table(of.clone())), &[place]);
                        let of_whole = keys.get(parent).map_or(&[][..], Vec::as_slice);
                        self.add(of_whole, &[place]);
                    }
                }
            }
        }
    }

    /// A name must be free before it is taken.
    fn add_names(&mut self, steps: &[Step]) {
        let mut freed: HashMap<&QualifiedName, Vec<usize>> = HashMap::new();
        for (place, step) in steps.iter().enumerate() {
            for (_, name) in step.names.iter().filter(|(effect, _)| *effect == Effect::Drop) {
                freed.entry(name).or_default().push(place);
            }
        }
        for (place, step) in steps.iter().enumerate() {
            for (_, name) in step.names.iter().filter(|(effect, _)| *effect == Effect::Create) {
                if let Some(before) = freed.get(name) {
                    self.add(&before.clone(), &[place]);
                }
            }
        }
    }

    /// Sorts as far as that goes, and gives the steps that wait for each other.
    pub(super) fn sort(&mut self) -> Vec<usize> {
        let mut waits = vec![0_usize; self.later.len()];
        for after in self.later.iter().flatten() {
            waits[*after] += 1;
        }
        let mut ready: BTreeSet<_> = (0..waits.len())
            .filter(|place| waits[*place] == 0)
            .map(|place| (self.ranks[place], place))
            .collect();
        while let Some((_, place)) = ready.pop_first() {
            self.sorted.push(place);
            for after in &self.later[place] {
                waits[*after] -= 1;
                if waits[*after] == 0 {
                    ready.insert((self.ranks[*after], *after));
                }
            }
        }
        self.circling()
    }

    /// The steps that are not sorted and have others behind them that are not either, and so on.
    fn circling(&self) -> Vec<usize> {
        let done: BTreeSet<_> = self.sorted.iter().copied().collect();
        let mut left: BTreeSet<_> =
            (0..self.later.len()).filter(|place| !done.contains(place)).collect();
        loop {
            let ends: Vec<_> = left
                .iter()
                .filter(|place| self.later[**place].is_disjoint(&left))
                .copied()
                .collect();
            if ends.is_empty() {
                return left.into_iter().collect();
            }
            left.retain(|place| !ends.contains(place));
        }
    }

    /// The changes in their order; those that wait for each other come last, by their ranks.
    pub(super) fn finish(mut self, steps: Vec<Step>) -> Vec<Change> {
        let done: BTreeSet<_> = self.sorted.iter().copied().collect();
        let mut rest: Vec<_> = (0..steps.len()).filter(|place| !done.contains(place)).collect();
        if !rest.is_empty() && std::env::var_os("CYCLES").is_some() {
            for place in &rest {
                eprintln!(
                    "CYCLE {place} {:?} {} -> {:?}",
                    self.ranks[*place],
                    steps[*place].change.object(),
                    self.later[*place].iter().filter(|p| rest.contains(p)).collect::<Vec<_>>()
                );
            }
        }
        rest.sort_by_key(|place| self.ranks[*place]);
        self.sorted.extend(rest);
        let mut changes: Vec<_> = steps.into_iter().map(|step| Some(step.change)).collect();
        self.sorted.iter().filter_map(|place| changes[*place].take()).collect()
    }
}

/// The foreign keys, with the table that refers and the one that it refers to.
fn foreign_keys(catalog: &Catalog) -> Vec<(Object, &QualifiedName, &QualifiedName)> {
    let tables = catalog.tables.iter();
    let keys = tables.flat_map(|(of, table)| {
        table.constraints.iter().filter_map(move |(name, constraint)| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => {
                let object = Object::Constraint { of: of.clone(), name: name.clone() };
                Some((object, of, &key.referenced_table))
            }
            _ => None,
        })
    });
    keys.collect()
}

/// What a foreign key can refer to.
fn referable(catalog: &Catalog, of: &QualifiedName) -> Vec<Object> {
    let indexes = catalog.tables.get(of).map(|table| table.indexes.iter());
    let keys = indexes.into_iter().flatten().filter(|(_, index)| index.is_unique);
    let keys = keys.map(|(name, index)| match &index.constraint {
        Some(name) => Object::Constraint { of: of.clone(), name: name.clone() },
        None => Object::Index { of: of.clone(), name: name.clone() },
    });
    keys.collect()
}

fn is_foreign_key(catalog: &Catalog, object: &Object) -> bool {
    let Object::Constraint { of, name } = object else { return false };
    let constraint = catalog.tables.get(of).and_then(|table| table.constraints.get(name));
    constraint.is_some_and(|found| matches!(found.kind, ConstraintKind::ForeignKey(_)))
}

/// The tables that leave or join another.
fn moving(steps: &[Step]) -> HashSet<&QualifiedName> {
    let moving = steps.iter().filter_map(|step| match &step.change {
        Change::DetachPartition { name, .. }
        | Change::AttachPartition { name, .. }
        | Change::AlterTable { name, aspect: TableAspect::Parents { .. } } => Some(name),
        _ => None,
    });
    moving.collect()
}

/// Whether a foreign key of `of` goes after `leaving`: what leaves would else lose its own with it;
/// but what the key refers to goes after the key.
fn is_left_alone(leaving: &Change, of: &QualifiedName, drop: &Change) -> bool {
    let (Change::DetachPartition { name, .. } | Change::AlterTable { name, .. }) = leaving else {
        return false;
    };
    let refers = match removal(drop) {
        Change::DropConstraint { constraint, .. } => match &constraint.kind {
            ConstraintKind::ForeignKey(key) => key.referenced_table == *name,
            _ => false,
        },
        _ => true,
    };
    name == of || !refers
}

/// Whether a table is made, be it again.
fn is_creation(change: &Change) -> bool {
    matches!(creation(change), Change::CreateTable { .. })
}

/// Whether an index is made that is no part of another: what is alike and is such a part goes before
/// it, for the server takes the first.
fn is_index_alone(change: &Change) -> bool {
    matches!(creation(change), Change::CreateIndex { index, .. } if index.parent.is_none())
}

/// Whether an index is dropped, be it to be made again.
fn is_index_gone(change: &Change) -> bool {
    matches!(removal(change), Change::DropIndex { .. })
}

/// What is dropped, be it for a while.
fn removal(change: &Change) -> &Change {
    match change {
        Change::Replace { drop, .. } | Change::Suspend { drop } => drop,
        other => other,
    }
}

/// What is made, be it again.
fn creation(change: &Change) -> &Change {
    match change {
        Change::Replace { create, .. } | Change::Restore { create, .. } => create,
        other => other,
    }
}

/// Whether it is a constraint that holds for new rows alone.
fn is_not_valid(change: &Change) -> bool {
    let Change::AddConstraint { constraint, .. } = creation(change) else { return false };
    constraints::validity(constraint) == Some(Validity::NotValid)
}
