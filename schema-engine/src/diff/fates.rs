//! Which objects cannot be altered, or not be kept while others are. Pure.

mod inherited;
mod parts;
mod shaking;

use std::collections::BTreeSet;

use super::{columns, constraints, heritage, indexes, others, types, views};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Column, Dependency, Object},
};

use shaking::Shaking;

/// What becomes of the objects that both catalogs have.
#[derive(Debug, Default)]
pub(super) struct Fates {
    /// Those that are dropped and created again.
    recreated: BTreeSet<Object>,
    /// Those that only the first catalog has.
    dropped: BTreeSet<Object>,
    /// The columns whose type is altered.
    retyped: BTreeSet<Object>,
    /// The columns whose default makes way for what it stands on.
    redefaulted: BTreeSet<Object>,
    /// What stands on those and is kept by the server.
    on_retyped: BTreeSet<Object>,
    /// The types that are made anew.
    rebuilt: BTreeSet<QualifiedName>,
}

impl Fates {
    /// Decides what cannot be altered, and then what cannot stay because of that.
    pub(super) fn decide(from: &Catalog, to: &Catalog) -> Self {
        let mut fates = Self::default();
        fates.decide_relations(from, to);
        fates.decide_inherited_checks(from, to);
        fates.decide_keys_of_parts(from, to);
        for (name, old) in &from.routines {
            let object = Object::Routine(name.clone());
            match to.routines.get(name) {
                None => fates.drop(object),
                Some(new) => {
                    let is_kept = (old.kind, &old.arguments, &old.returns)
                        == (new.kind, &new.arguments, &new.returns);
                    fates.recreate_unless(is_kept, object);
                }
            }
        }
        for (name, old) in &from.others {
            let object = Object::Other(name.clone());
            match to.others.get(name) {
                None => fates.drop(object),
                Some(new) => fates.recreate_unless(others::is_same(old, new), object),
            }
        }
        for name in from.sequences.keys().filter(|name| !to.sequences.contains_key(*name)) {
            fates.drop(Object::Sequence(name.clone()));
        }
        for name in from.extensions.keys().filter(|name| !to.extensions.contains_key(*name)) {
            fates.drop(Object::Extension(name.clone()));
        }
        fates.decide_types(from, to);
        Shaking { from, to, fates }.settle()
    }

    /// Whether it is dropped and created again, by itself or with what it is a part of.
    pub(super) fn is_recreated(&self, object: &Object) -> bool {
        self.recreated.contains(object)
    }

    /// Whether what it is a part of is dropped and created again.
    pub(super) fn is_recreated_relation(&self, name: &QualifiedName) -> bool {
        self.recreated.contains(&Object::Table(name.clone()))
            || self.recreated.contains(&Object::View(name.clone()))
    }

    /// Whether it stands on a column whose type is altered.
    pub(super) fn is_on_retyped(&self, object: &Object) -> bool {
        self.on_retyped.contains(object)
    }

    /// Whether its default is dropped and set again.
    pub(super) fn is_redefaulted(&self, object: &Object) -> bool {
        self.redefaulted.contains(object)
    }

    /// Whether something stands on it, or on a column of it, that neither goes nor makes way.
    pub(super) fn is_ground(&self, from: &Catalog, object: &Object) -> bool {
        let name = object.qualified_name();
        from.dependencies.iter().any(|Dependency { dependent, on }| {
            let is_part = on.container().is_some() && on.container() == name;
            (on == object || is_part && dependent.container() != name) && !self.moves(dependent)
        })
    }

    /// Whether it is dropped, be it for a while or with what it is a part of.
    fn moves(&self, object: &Object) -> bool {
        let of = object.container();
        let wholes = of.map(|of| [Object::Table(of.clone()), Object::View(of.clone())]);
        let mut moving = wholes.iter().flatten().chain([object]);
        moving.any(|object| self.dropped.contains(object) || self.recreated.contains(object))
    }

    /// Whether its type is made anew.
    pub(super) fn is_rebuilt(&self, name: &QualifiedName) -> bool {
        self.rebuilt.contains(name)
    }

    /// The types that are made anew.
    pub(super) fn rebuilt(&self) -> &BTreeSet<QualifiedName> {
        &self.rebuilt
    }

    /// The type that is made anew of which `column` is, or is an array.
    pub(super) fn rebuilt_type_of(&self, column: &Column) -> Option<&QualifiedName> {
        let name = column.data_type.trim_end_matches("[]");
        self.rebuilt.iter().find(|rebuilt| rebuilt.to_string() == name)
    }

    fn drop(&mut self, object: Object) {
        self.dropped.insert(object);
    }

    fn recreate_unless(&mut self, is_kept: bool, object: Object) {
        if !is_kept {
            self.recreated.insert(object);
        }
    }

    fn decide_relations(&mut self, from: &Catalog, to: &Catalog) {
        for (name, old) in &from.tables {
            let object = Object::Table(name.clone());
            let Some(new) = to.tables.get(name) else {
                self.drop(object);
                continue;
            };
            self.recreate_unless(old.partition_key == new.partition_key, object);
            for column in &old.columns {
                let object = Object::Column { of: name.clone(), name: column.name.clone() };
                match new.column(&column.name) {
                    None => self.drop(object),
                    Some(new)
                        if !columns::is_alterable(column, new)
                            || columns::is_stuck(from, name, column, new) =>
                    {
                        self.recreated.insert(object);
                    }
                    Some(new) if columns::is_retyped(column, new) => {
                        self.retyped.insert(object);
                    }
                    Some(_) => {}
                }
            }
            for (key, constraint) in &old.constraints {
                let object = Object::Constraint { of: name.clone(), name: key.clone() };
                match new.constraints.get(key) {
                    None => self.drop(object),
                    Some(now) => {
                        let indexes = (old.indexes.get(key), new.indexes.get(key));
                        let is_kept = constraints::is_alterable(constraint, now, indexes)
                            || heritage::parents(old) == heritage::parents(new)
                                && constraints::is_inherited_alike(constraint, now);
                        self.recreate_unless(is_kept, object);
                    }
                }
            }
            self.decide_members(
                name,
                old.partition_key.is_some(),
                (&old.indexes, &new.indexes),
                (&old.triggers, &new.triggers),
            );
        }
        for (name, old) in &from.views {
            let object = Object::View(name.clone());
            let Some(new) = to.views.get(name) else {
                self.drop(object);
                continue;
            };
            self.recreate_unless(views::is_alterable(old, new), object);
            self.decide_members(
                name,
                false,
                (&old.indexes, &new.indexes),
                (&old.triggers, &new.triggers),
            );
        }
    }

    fn decide_members(
        &mut self,
        of: &QualifiedName,
        is_partitioned: bool,
        (old_indexes, new_indexes): super::Pair<'_, crate::catalog::model::Index>,
        (old_triggers, new_triggers): super::Pair<'_, crate::catalog::model::Trigger>,
    ) {
        for (name, old) in old_indexes.iter().filter(|(_, index)| index.constraint.is_none()) {
            let object = Object::Index { of: of.clone(), name: name.clone() };
            match new_indexes.get(name) {
                Some(new) if new.constraint.is_none() => {
                    // An index of a partitioned table is whole again when its parts are attached.
                    // The options of one cannot be set.
                    let is_whole = !is_partitioned
                        || (new.is_invalid || !old.is_invalid) && old.options == new.options;
                    let is_kept = is_whole
                        && indexes::is_alterable(old, new)
                        && !indexes::is_in_the_way(new, old_indexes, new_indexes);
                    self.recreate_unless(is_kept, object);
                }
                _ => self.drop(object),
            }
        }
        for (name, old) in old_triggers {
            let object = Object::Trigger { of: of.clone(), name: name.clone() };
            match new_triggers.get(name) {
                Some(new) => self.recreate_unless(old.definition == new.definition, object),
                None => self.drop(object),
            }
        }
    }

    fn decide_types(&mut self, from: &Catalog, to: &Catalog) {
        for name in types::names(from) {
            match (types::definition(from, name), types::definition(to, name)) {
                (Some(old), Some(new)) => {
                    let is_used = from.dependencies.iter().any(|dependency| {
                        dependency.on == Object::Type(name.clone())
                            && !matches!(dependency.dependent, Object::Routine(_))
                    });
                    if !types::is_alterable(&old, &new, is_used)
                        || types::uses_new_label(to, name, &old, &new)
                        || types::is_tightened_within(from, name, (&old, &new))
                    {
                        self.rebuilt.insert(name.clone());
                    }
                }
                _ => self.drop(Object::Type(name.clone())),
            }
            if let (Some(old), Some(new)) = (from.domains.get(name), to.domains.get(name)) {
                for (key, constraint) in &old.constraints {
                    let object = Object::Constraint { of: name.clone(), name: key.clone() };
                    match new.constraints.get(key) {
                        None => self.drop(object),
                        Some(now) => {
                            let is_kept = constraints::is_alterable(constraint, now, (None, None));
                            self.recreate_unless(is_kept, object);
                        }
                    }
                }
            }
        }
    }
}
