//! What is no difference although it differs: what others made, and what was decided to be as good.
//! Pure.

use std::collections::BTreeSet;

use super::{lineage::Known, trace};
use crate::catalog::{
    Catalog,
    model::{ColumnValue, Object},
};

/// The extension of which one function was used, and what is built in takes its place.
const DISPENSABLE: &str = "uuid-ossp";
const DISPENSABLE_DEFAULT: &str = "uuid_generate_v4()";
const BUILT_IN_DEFAULT: &str = "gen_random_uuid()";

/// Takes out of `live` what the lineage knows nothing of, or makes only where it is missing and so
/// may stand too early; gives the names of what was taken out.
pub(super) fn leave_alone(live: &mut Catalog, expected: &Catalog, known: &Known) -> Vec<String> {
    let wanted = trace::wholes(expected);
    let is_ours = |object: &Object| {
        wanted.contains(object)
            || (known.objects.contains(object) && !known.if_missing.contains(object))
            || is_namesake(object, known)
    };
    let on_ours = on_tables(live, is_ours);
    let mut left_alone: Vec<String> = trace::wholes(live)
        .iter()
        .filter(|object| !is_ours(object) && !is_dispensable(object) && !is_part(object, live))
        .filter(|object| !matches!(object, Object::Other(name) if on_ours.contains(name)))
        .map(Object::to_string)
        .collect();
    let strange =
        |name: &String| !known.namespaces.contains(name) && !expected.namespaces.contains_key(name);
    left_alone.extend(
        live.namespaces.keys().filter(|name| strange(name)).map(|name| format!("namespace {name}")),
    );
    live.namespaces.retain(|name, _| !strange(name));
    live.extensions.retain(|name, _| is_ours(&Object::Extension(name.clone())));
    live.enums.retain(|name, _| is_ours(&Object::Type(name.clone())));
    live.domains.retain(|name, _| is_ours(&Object::Type(name.clone())));
    live.composites.retain(|name, _| is_ours(&Object::Type(name.clone())));
    live.tables.retain(|name, _| is_ours(&Object::Table(name.clone())));
    live.views.retain(|name, _| is_ours(&Object::View(name.clone())));
    live.routines.retain(|name, _| is_ours(&Object::Routine(name.clone())));
    live.others.retain(|name, _| is_ours(&Object::Other(name.clone())) || on_ours.contains(name));
    // A sequence that came with a column of ours is a difference as much as the column.
    let tables = &live.tables;
    live.sequences.retain(|name, sequence| {
        is_ours(&Object::Sequence(name.clone()))
            || sequence.owner.as_ref().is_some_and(|owner| tables.contains_key(&owner.table))
    });
    left_alone
}

/// The policies, rules and statistics of those tables and views that are ours.
fn on_tables(live: &Catalog, is_ours: impl Fn(&Object) -> bool) -> BTreeSet<String> {
    let is_on_ours = |on: &Object| match on.container() {
        Some(of) => is_ours(&Object::Table(of.clone())) || is_ours(&Object::View(of.clone())),
        None => matches!(on, Object::Table(_) | Object::View(_)) && is_ours(on),
    };
    let on_ours = live.dependencies.iter().filter(|it| is_on_ours(&it.on));
    on_ours
        .filter_map(|it| match &it.dependent {
            Object::Other(name) => Some(name.clone()),
            _ => None,
        })
        .collect()
}

/// Whether the lineage has a routine of that name, with other arguments: then this one is its
/// former self.
fn is_namesake(object: &Object, known: &Known) -> bool {
    let Object::Routine(signature) = object else { return false };
    known
        .objects
        .iter()
        .any(|it| matches!(it, Object::Routine(ours) if ours.name == signature.name))
}

fn is_dispensable(object: &Object) -> bool {
    matches!(object, Object::Extension(name) if name == DISPENSABLE)
}

/// Whether it is a sequence that goes with a column.
fn is_part(object: &Object, live: &Catalog) -> bool {
    let Object::Sequence(name) = object else { return false };
    live.sequences.get(name).is_some_and(|sequence| sequence.owner.is_some())
}

/// Lets a default of the dispensable extension count as the built-in one.
pub(super) fn accept_uuid_defaults(live: &mut Catalog, expected: &Catalog) {
    let is_dispensable = |value: &Option<ColumnValue>| matches!(value, Some(ColumnValue::Default(it)) if it.ends_with(DISPENSABLE_DEFAULT));
    let is_built_in = |value: &Option<ColumnValue>| matches!(value, Some(ColumnValue::Default(it)) if it == BUILT_IN_DEFAULT);
    for (name, table) in &mut live.tables {
        let Some(wanted) = expected.tables.get(name) else { continue };
        for column in &mut table.columns {
            let wanted = wanted.column(&column.name).map(|wanted| &wanted.value);
            if let Some(wanted) = wanted.filter(|wanted| is_built_in(wanted))
                && is_dispensable(&column.value)
            {
                column.value.clone_from(wanted);
            }
        }
    }
}
