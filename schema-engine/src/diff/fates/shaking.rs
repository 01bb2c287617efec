//! How what becomes of an object spreads to what stands on it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{heritage, types},
    Fates,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ColumnValue, ConstraintKind, Dependency, Object},
};

/// How an object shakes what stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shock {
    /// It is there no more.
    Gone,
    /// It is dropped for a while.
    Recreated,
    /// It has another type.
    Retyped,
    /// It is a type that is another now, under the same name.
    Rebuilt,
}

/// Spreads a shock from object to object until nothing moves.
pub(super) struct Shaking<'a> {
    pub(super) from: &'a Catalog,
    pub(super) to: &'a Catalog,
    pub(super) fates: Fates,
}

impl Shaking<'_> {
    pub(super) fn settle(mut self) -> Fates {
        let mut by_ground: BTreeMap<&Object, Vec<&Dependency>> = BTreeMap::new();
        for dependency in &self.from.dependencies {
            by_ground.entry(&dependency.on).or_default().push(dependency);
        }
        loop {
            let mut moved = self.fates.decide_parts(self.from, self.to);
            for (on, dependencies) in &by_ground {
                let Some(shock) = self.shock(on) else { continue };
                for dependency in dependencies {
                    moved |= self.shake(dependency, shock);
                }
            }
            if !moved {
                let retyped = &self.fates.retyped;
                let standing = self.from.dependencies.iter();
                let standing = standing.filter(|dependency| retyped.contains(&dependency.on));
                let standing = standing.map(|dependency| dependency.dependent.clone()).collect();
                self.fates.on_retyped = standing;
                return self.fates;
            }
        }
    }

    fn shock(&self, on: &Object) -> Option<Shock> {
        let fates = &self.fates;
        if let Object::Type(name) = on
            && fates.rebuilt.contains(name)
        {
            return Some(Shock::Rebuilt);
        }
        let whole = on.container().map(|of| {
            [Object::Table(of.clone()), Object::View(of.clone()), Object::Type(of.clone())]
        });
        let whole = whole.iter().flatten();
        let mut met = whole.chain([on]);
        if met.clone().any(|object| fates.dropped.contains(object)) {
            Some(Shock::Gone)
        } else if met.any(|object| fates.recreated.contains(object)) {
            Some(Shock::Recreated)
        } else if fates.retyped.contains(on) {
            Some(Shock::Retyped)
        } else {
            None
        }
    }

    /// Whether that changes the fate of what stands there.
    fn shake(&mut self, dependency: &Dependency, shock: Shock) -> bool {
        let object = &dependency.dependent;
        // What no longer stands on it can be altered out of its way.
        let is_freed = shock == Shock::Gone && !self.to.dependencies.contains(dependency);
        match object {
            Object::View(name) => self.shake_view(name, is_freed),
            Object::Routine(signature) => {
                let (old, new) = (&self.from.routines, &self.to.routines);
                let is_altered = is_freed && old.get(signature) != new.get(signature);
                new.contains_key(signature) && !is_altered && self.recreate(object)
            }
            Object::Trigger { of, name } => {
                let there = self.to.tables.get(of).map(|table| &table.triggers);
                let there = there.or_else(|| self.to.views.get(of).map(|view| &view.triggers));
                there.is_some_and(|triggers| triggers.contains_key(name)) && self.recreate(object)
            }
            Object::Other(name) => {
                let definition =
                    self.to.others.get(name).and_then(|other| other.definition.as_ref());
                // The server keeps statistics through a change of type.
                let is_kept = shock == Shock::Retyped && name.starts_with("statistics");
                definition.is_some() && !is_kept && self.recreate(object)
            }
            Object::Index { of, name } => {
                let there = self.to.tables.get(of).map(|table| &table.indexes);
                let there = there.or_else(|| self.to.views.get(of).map(|view| &view.indexes));
                let is_there = there.is_some_and(|indexes| indexes.contains_key(name));
                shock != Shock::Retyped && is_there && self.recreate(object)
            }
            Object::Constraint { of, name } => self.shake_constraint(of, name, object, shock),
            Object::Column { of, name } => self.shake_column(of, name, object, shock, is_freed),
            Object::Type(name) => {
                shock != Shock::Gone
                    && types::definition(self.to, name).is_some()
                    && self.fates.rebuilt.insert(name.clone())
            }
            // What a table is made of goes with it.
            Object::Table(name) => {
                let new = self.to.tables.get(name);
                let is_child = new.is_some_and(|table| {
                    let parents = heritage::parents(table);
                    parents.into_iter().any(|parent| Object::Table(parent.clone()) == dependency.on)
                });
                is_child && self.recreate(object)
            }
            Object::Extension(_) | Object::Sequence(_) => false,
        }
    }

    fn shake_view(&mut self, name: &QualifiedName, is_freed: bool) -> bool {
        let (Some(old), Some(new)) = (self.from.views.get(name), self.to.views.get(name)) else {
            return false;
        };
        let object = Object::View(name.clone());
        // While it is altered, nothing that stands on it can make way.
        let is_altered = is_freed
            && old.query != new.query
            && old.triggers.is_empty()
            && !(self.fates.is_ground(self.from, &object) && self.will_stand_on_shaken(name));
        !is_altered && self.recreate(&object)
    }

    /// Whether a view will stand, by way of new ones, on what it has to make way for.
    fn will_stand_on_shaken(&self, view: &QualifiedName) -> bool {
        let mut seen = BTreeSet::from([view.clone()]);
        let mut open = vec![Object::View(view.clone())];
        while let Some(view) = open.pop() {
            for found in self.to.dependencies.iter().filter(|found| found.dependent == view) {
                let below = found.on.container().or(found.on.qualified_name());
                if self.shock(&found.on).is_some() || below.is_some_and(|of| self.is_new_child(of))
                {
                    return true;
                }
                let is_new = |name: &&QualifiedName| {
                    self.to.views.contains_key(name) && !self.from.views.contains_key(name)
                };
                if let Some(new) = below.filter(is_new)
                    && seen.insert(new.clone())
                {
                    open.push(Object::View(new.clone()));
                }
            }
        }
        false
    }

    /// Whether a table is new below another, which is altered before.
    fn is_new_child(&self, name: &QualifiedName) -> bool {
        let new = self.to.tables.get(name).filter(|_| !self.from.tables.contains_key(name));
        new.is_some_and(|table| !heritage::parents(table).is_empty())
    }

    fn shake_constraint(
        &mut self,
        of: &QualifiedName,
        name: &str,
        object: &Object,
        shock: Shock,
    ) -> bool {
        if self.to.domains.contains_key(of) {
            return shock != Shock::Gone
                && !self.fates.rebuilt.contains(of)
                && self.recreate(object);
        }
        let Some(table) = self.to.tables.get(of) else { return false };
        let Some(constraint) = table.constraints.get(name) else { return false };
        // The server rebuilds keys and checks itself, but a foreign key needs both its ends.
        let is_foreign_key = matches!(constraint.kind, ConstraintKind::ForeignKey(_));
        (shock != Shock::Retyped || is_foreign_key) && self.recreate(object)
    }

    fn shake_column(
        &mut self,
        of: &QualifiedName,
        name: &str,
        object: &Object,
        shock: Shock,
        is_freed: bool,
    ) -> bool {
        if self.from.views.contains_key(of) {
            return self.shake_view(of, is_freed);
        }
        if self.from.composites.contains_key(of) {
            return shock == Shock::Rebuilt
                && types::definition(self.to, of).is_some()
                && self.fates.rebuilt.insert(of.clone());
        }
        let old = self.from.tables.get(of).and_then(|table| table.column(name));
        let new = self.to.tables.get(of).and_then(|table| table.column(name));
        let (Some(old), Some(new)) = (old, new) else { return false };
        if shock == Shock::Rebuilt && self.fates.rebuilt_type_of(old).is_some() {
            return !self.fates.recreated.contains(object)
                && self.fates.retyped.insert(object.clone());
        }
        match (&old.value, &new.value) {
            (Some(ColumnValue::Generated { .. }), Some(ColumnValue::Generated { .. })) => {
                self.recreate(object)
            }
            (Some(ColumnValue::Default(_)), _)
                if matches!(shock, Shock::Recreated | Shock::Rebuilt) =>
            {
                self.fates.redefaulted.insert(object.clone())
            }
            _ => false,
        }
    }

    fn recreate(&mut self, object: &Object) -> bool {
        !self.fates.dropped.contains(object) && self.fates.recreated.insert(object.clone())
    }
}
