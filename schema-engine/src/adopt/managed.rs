//! What of the tables that another program manages is its own affair. Pure.
//!
//! It may add to them and change them: only what the lineage adds is held against the lineage, and
//! what that stands on; of such a column whether it is there, and its type.

use std::collections::{BTreeMap, BTreeSet};

use super::{lineage::Known, trace};
use crate::{
    catalog::{
        Catalog, QualifiedName,
        model::{Column, Dependency, Index, Object, Table},
    },
    schema::Managed,
};

/// Takes out of `live` and `expected` what is the other program's own; `base` is what it makes.
pub(super) fn leave_managed(
    live: &mut Catalog,
    expected: &mut Catalog,
    base: &Catalog,
    known: &Known,
    managed: Managed,
) {
    let needed = needed(base, expected);
    let managed =
        base.tables.iter().filter(|(name, _)| managed.tables.contains(&name.name.as_str()));
    for (name, theirs) in managed {
        let Some(found) = live.tables.get_mut(name) else {
            // Nobody has made it yet, and as long as nothing stands on it nobody needs it.
            let is_needed = needed.iter().any(|object| object.container() == Some(name));
            if !is_needed && expected.tables.get(name) == Some(theirs) {
                expected.tables.remove(name);
            }
            continue;
        };
        let Some(wanted) = expected.tables.get_mut(name) else { continue };
        let theirs = Theirs { name, table: theirs, needed: &needed };
        let renamed = theirs.renamed(found);
        drop_unknown(found, name, known);
        wanted.columns.retain_mut(|column| theirs.keep_column(column, found));
        let is_theirs = |constraint: &str| {
            renamed.contains(constraint) || theirs.has_to_itself_constraint(constraint)
        };
        let is_their_index = |index: &str| match theirs.table.indexes.get(index) {
            Some(Index { constraint: Some(constraint), .. }) => is_theirs(constraint),
            found => found.is_some(),
        };
        take_over(&mut wanted.indexes, is_their_index, &found.indexes);
        take_over(&mut wanted.constraints, is_theirs, &found.constraints);
    }
}

/// What of `base` something stands on that a migration made.
fn needed(base: &Catalog, expected: &Catalog) -> BTreeSet<Object> {
    let before = trace::objects(base);
    let is_of_lineage = |it: &&Dependency| !before.contains(&it.dependent);
    let of_lineage = expected.dependencies.iter().filter(is_of_lineage);
    of_lineage.map(|it| &it.on).filter(|on| before.contains(on)).cloned().collect()
}

/// A table as the other program makes it.
struct Theirs<'a> {
    name: &'a QualifiedName,
    table: &'a Table,
    needed: &'a BTreeSet<Object>,
}

impl Theirs<'_> {
    /// The constraints that `found` has by another name, where they do as well.
    fn renamed(&self, found: &Table) -> BTreeSet<String> {
        let is_renamed = |name: &str| {
            let wanted = self.table.constraints.get(name).map(|it| &it.kind);
            !found.constraints.contains_key(name)
                && found.constraints.values().any(|it| Some(&it.kind) == wanted)
        };
        self.table.constraints.keys().filter(|name| is_renamed(name)).cloned().collect()
    }

    /// Makes of a column that is theirs what was found; gives whether it is still expected.
    fn keep_column(&self, column: &mut Column, found: &Table) -> bool {
        if self.table.column(&column.name).is_none() {
            return true;
        }
        let object = Object::Column { of: self.name.clone(), name: column.name.clone() };
        let is_needed = self.needed.contains(&object);
        let Some(found) = found.column(&column.name) else { return is_needed };
        let wanted = std::mem::replace(column, found.clone());
        if is_needed {
            column.data_type = wanted.data_type;
        }
        true
    }

    fn has_to_itself_constraint(&self, constraint: &str) -> bool {
        let object = Object::Constraint { of: self.name.clone(), name: constraint.to_owned() };
        self.table.constraints.contains_key(constraint) && !self.needed.contains(&object)
    }
}

fn drop_unknown(live: &mut Table, name: &QualifiedName, known: &Known) {
    let of = || name.clone();
    let is_known = |object: Object| known.objects.contains(&object);
    live.columns.retain(|it| is_known(Object::Column { of: of(), name: it.name.clone() }));
    live.constraints
        .retain(|name, _| is_known(Object::Constraint { of: of(), name: name.clone() }));
    live.indexes.retain(|name, index| match &index.constraint {
        Some(constraint) => is_known(Object::Constraint { of: of(), name: constraint.clone() }),
        None => is_known(Object::Index { of: of(), name: name.clone() }),
    });
    live.triggers.retain(|name, _| is_known(Object::Trigger { of: of(), name: name.clone() }));
}

/// Makes of `expected` what was found, where it is theirs.
fn take_over<T: Clone>(
    expected: &mut BTreeMap<String, T>,
    is_theirs: impl Fn(&str) -> bool,
    live: &BTreeMap<String, T>,
) {
    expected.retain(|name, it| {
        if !is_theirs(name) {
            return true;
        }
        live.get(name).inspect(|found| it.clone_from(found)).is_some()
    });
}
