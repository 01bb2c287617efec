//! The changes while they are being gathered. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Change, Commented,
    fates::Fates,
    heritage, order,
    rank::Rank,
    step::{Move, Step},
};
use crate::catalog::{Catalog, QualifiedName, model::Object};

/// What is known so far.
pub(super) struct Draft<'a> {
    pub(super) from: &'a Catalog,
    pub(super) to: &'a Catalog,
    pub(super) fates: Fates,
    moves: Vec<Move>,
}

impl<'a> Draft<'a> {
    pub(super) fn of(from: &'a Catalog, to: &'a Catalog) -> Self {
        Self { from, to, fates: Fates::decide(from, to), moves: Vec::new() }
    }

    /// The changes in their order.
    pub(super) fn finish(self) -> Vec<Change> {
        order::order(self.from, self.to, &self.moves)
    }

    pub(super) fn add(&mut self, step: Step) {
        self.moves.push(Move::One(Box::new(step)));
    }

    /// What is dropped and created again, at one place where that can be.
    pub(super) fn replace(&mut self, drop: Step, create: Step) {
        self.moves.push(Move::Two(Box::new((drop, create))));
    }

    /// What is altered or, where other changes have to come between, dropped and created again.
    pub(super) fn alter_or_replace(&mut self, alter: Step, drop: Step, create: Step) {
        let parts = Move::Two(Box::new((drop, create))).split();
        if let Ok(parts) = <[Step; 2]>::try_from(parts) {
            self.stage(alter, parts);
        }
    }

    /// What is done at once, or in two stages where other changes have to come between.
    pub(super) fn stage(&mut self, whole: Step, stages: [Step; 2]) {
        self.moves.push(Move::Staged(Box::new((whole, stages))));
    }

    /// Creates or drops what only one catalog has, and replaces what cannot be altered; `is_back`
    /// says that it was dropped with what it is a part of.
    ///
    /// Gives whether there was something of that to do.
    pub(super) fn place<T>(
        &mut self,
        (old, new): (Option<&'a T>, Option<&'a T>),
        (is_recreated, is_back): (bool, bool),
        drop: impl Fn(&T) -> Step,
        create: impl Fn(&T) -> Step,
    ) -> bool {
        match (old, new) {
            (Some(old), Some(new)) if is_back => {
                let mut step = create(new);
                let dropped = Box::new(drop(old).change);
                step.change = Change::Restore { drop: dropped, create: Box::new(step.change) };
                self.add(step);
            }
            (Some(old), Some(new)) if is_recreated => self.replace(drop(old), create(new)),
            (Some(_), Some(_)) => return false,
            (Some(old), None) if !is_back => self.add(drop(old)),
            (None, Some(new)) => self.add(create(new)),
            (_, None) => {}
        }
        true
    }

    /// Changes the comment on what stays.
    pub(super) fn comment(&mut self, on: Commented, from: Option<&String>, to: Option<&String>) {
        if from == to {
            return;
        }
        let needs: Vec<Object> = match &on {
            Commented::Namespace(_) => Vec::new(),
            Commented::MaterializedView(name) => vec![Object::View(name.clone())],
            Commented::DomainConstraint { of, name } => {
                vec![Object::Constraint { of: of.clone(), name: name.clone() }]
            }
            // What a table has from above is there when that is.
            Commented::Object(object @ Object::Constraint { of, name }) => {
                let above = heritage::ancestors(self.to, of).into_iter().cloned();
                let above = above.map(|of| Object::Constraint { of, name: name.clone() });
                above.chain([object.clone()]).collect()
            }
            Commented::Object(object) => {
                let of = object.container().cloned().map(Object::View);
                of.into_iter().chain([object.clone()]).collect()
            }
        };
        let change = Change::SetComment { on, from: from.cloned(), to: to.cloned() };
        self.add(Step::bare(Rank::Comment, change).needing(needs));
    }

    /// The tables that a table stands under in both catalogs, as parent or as what it is a part of.
    pub(super) fn kept_parents(&self, name: &QualifiedName) -> Vec<&'a QualifiedName> {
        let parents = |catalog: &'a Catalog| {
            let table = catalog.tables.get(name);
            table.map(|table| heritage::parents(table)).unwrap_or_default()
        };
        let partition = |catalog: &'a Catalog| catalog.tables.get(name)?.partition.as_ref();
        // To be another part of the same, or to be made again, a table leaves it for a while.
        if partition(self.from) != partition(self.to) || self.fates.is_recreated_relation(name) {
            return Vec::new();
        }
        let new = parents(self.to);
        let mut kept = parents(self.from);
        kept.retain(|parent| new.contains(parent) && !self.meets(name, parent));
        kept
    }

    /// Whether the tables have a column of the same name that only once is the same column.
    fn meets(&self, child: &QualifiedName, parent: &QualifiedName) -> bool {
        let has = |catalog: &Catalog, table: &QualifiedName, column: &str| {
            catalog.tables.get(table).is_some_and(|table| table.column(column).is_some())
        };
        let columns = self.from.tables.get(child).map(|table| table.columns.iter());
        columns.into_iter().flatten().map(|column| column.name.as_str()).any(|column| {
            has(self.to, child, column)
                && has(self.from, parent, column) != has(self.to, parent, column)
        })
    }
}

/// What either map has, by its key.
pub(super) fn both<'a, K: Ord + Clone, V>(
    from: &'a BTreeMap<K, V>,
    to: &'a BTreeMap<K, V>,
) -> Vec<(K, Option<&'a V>, Option<&'a V>)> {
    let keys: BTreeSet<&K> = from.keys().chain(to.keys()).collect();
    keys.into_iter().map(|key| (key.clone(), from.get(key), to.get(key))).collect()
}
