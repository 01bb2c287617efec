//! Which step comes before which. Pure.

use std::collections::{BTreeSet, HashMap};

use super::{
    super::{
        Change,
        rank::Rank,
        step::{Effect, Step},
    },
    index::Index,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ConstraintKind, Dependency, Object},
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
        // The default of a column goes by itself, and the column stays.
        let stays =
            |place: &usize| matches!(self.ranks[*place], Rank::DropDefault | Rank::AlterColumn);
        if is_freed && dropped.iter().all(stays) {
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
        rest.sort_by_key(|place| self.ranks[*place]);
        self.sorted.extend(rest);
        let mut changes: Vec<_> = steps.into_iter().map(|step| Some(step.change)).collect();
        self.sorted.iter().filter_map(|place| changes[*place].take()).collect()
    }
}

fn is_foreign_key(catalog: &Catalog, object: &Object) -> bool {
    let Object::Constraint { of, name } = object else { return false };
    let constraint = catalog.tables.get(of).and_then(|table| table.constraints.get(name));
    constraint.is_some_and(|found| matches!(found.kind, ConstraintKind::ForeignKey(_)))
}
