//! What a migration leaves behind in a catalog, by which it is recognised where nobody noted that it
//! ran. Pure.

use std::collections::BTreeSet;

use crate::catalog::model::{Catalog, Dependency, Index, Object};

/// What a migration changes of which objects there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Trace {
    /// What is there after it and was not before.
    pub(super) added: BTreeSet<Object>,
    /// What was there before it and it takes away, adds to or stands on: it cannot run without that.
    pub(super) builds_on: BTreeSet<Object>,
}

impl Trace {
    /// Whether some of it is among `objects`. An extension is evidence only where the migration
    /// makes nothing else: others make extensions too.
    pub(super) fn is_among(&self, objects: &BTreeSet<Object>) -> bool {
        let is_extension = |object: &&Object| matches!(object, Object::Extension(_));
        let makes_extensions_alone = self.added.iter().all(|object| is_extension(&object));
        self.added
            .iter()
            .filter(|object| makes_extensions_alone || !is_extension(object))
            .any(|object| objects.contains(object))
    }
}

/// The trace of what turned `before` into `after`, where things stand on each other as in
/// `dependencies`.
pub(super) fn between(
    before: &BTreeSet<Object>,
    after: &BTreeSet<Object>,
    dependencies: &BTreeSet<Dependency>,
) -> Trace {
    let added: BTreeSet<Object> = after.difference(before).cloned().collect();
    let containers = added
        .iter()
        .filter_map(Object::container)
        .flat_map(|of| [Object::Table(of.clone()), Object::View(of.clone())])
        .filter(|container| before.contains(container));
    let grounds = dependencies
        .iter()
        .filter(|it| added.contains(&it.dependent) && before.contains(&it.on))
        .map(|it| it.on.clone());
    let builds_on = containers.chain(grounds).chain(before.difference(after).cloned()).collect();
    Trace { added, builds_on }
}

/// Every object of `catalog`, parts of others among them; an index that backs a constraint is told
/// with it.
pub(super) fn objects(catalog: &Catalog) -> BTreeSet<Object> {
    let mut objects = wholes(catalog);
    for (name, table) in &catalog.tables {
        let of = || name.clone();
        objects.extend(
            table.columns.iter().map(|it| Object::Column { of: of(), name: it.name.clone() }),
        );
        objects.extend(
            table.constraints.keys().map(|it| Object::Constraint { of: of(), name: it.clone() }),
        );
        objects.extend(free(&table.indexes).map(|it| Object::Index { of: of(), name: it.clone() }));
        objects
            .extend(table.triggers.keys().map(|it| Object::Trigger { of: of(), name: it.clone() }));
    }
    for (name, view) in &catalog.views {
        let of = || name.clone();
        objects.extend(free(&view.indexes).map(|it| Object::Index { of: of(), name: it.clone() }));
        objects
            .extend(view.triggers.keys().map(|it| Object::Trigger { of: of(), name: it.clone() }));
    }
    objects
}

/// The objects of `catalog` that are no part of another.
pub(super) fn wholes(catalog: &Catalog) -> BTreeSet<Object> {
    let types = catalog
        .enums
        .keys()
        .chain(catalog.domains.keys())
        .chain(catalog.composites.keys())
        .map(|name| Object::Type(name.clone()));
    catalog
        .extensions
        .keys()
        .map(|name| Object::Extension(name.clone()))
        .chain(types)
        .chain(catalog.sequences.keys().map(|name| Object::Sequence(name.clone())))
        .chain(catalog.tables.keys().map(|name| Object::Table(name.clone())))
        .chain(catalog.views.keys().map(|name| Object::View(name.clone())))
        .chain(catalog.routines.keys().map(|name| Object::Routine(name.clone())))
        .chain(catalog.others.keys().map(|name| Object::Other(name.clone())))
        .collect()
}

fn free(indexes: &std::collections::BTreeMap<String, Index>) -> impl Iterator<Item = &String> {
    indexes.iter().filter(|(_, index)| index.constraint.is_none()).map(|(name, _)| name)
}
