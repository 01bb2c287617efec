//! Which change comes with which: what a person would name as one thing is one difference. Pure.
//!
//! What is missing with the thing that it stands on comes with that, and so does what is there with
//! a thing that is not expected; what has to go and come back while something beneath it changes
//! comes with that; a comment alone is no difference.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::trace;
use crate::{
    catalog::{
        Catalog, QualifiedName,
        model::{Dependency, Object},
    },
    diff::{AttributeAction, Change, ColumnAspect},
};

/// Gives for each change the place of the one that it comes with: its own where it comes alone, none
/// where it is no difference.
pub(super) fn leaders(
    changes: &[Change],
    live: &Catalog,
    expected: &Catalog,
) -> Vec<Option<usize>> {
    if let [only] = changes {
        return vec![(act(only) != Act::Said).then_some(0)];
    }
    let family = Family {
        changes,
        made: places(changes, Act::Made),
        gone: places(changes, Act::Gone),
        altered: places(changes, Act::Altered),
        stood_on: Grounds::of(live),
        stands_on: Grounds::of(expected),
    };
    let parents: Vec<Option<usize>> =
        (0..changes.len()).map(|place| family.parent(place)).collect();
    (0..changes.len()).map(|place| head_of(&parents, place)).collect()
}

/// What a change does to its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// It was missing.
    Made,
    /// It was not expected.
    Gone,
    /// It differs.
    Altered,
    /// It makes way for another change.
    Aside,
    /// Only what is said about it differs.
    Said,
}

fn act(change: &Change) -> Act {
    match change {
        Change::CreateNamespace { .. }
        | Change::CreateExtension { .. }
        | Change::CreateType { .. }
        | Change::CreateSequence { .. }
        | Change::CreateTable { .. }
        | Change::AddColumn { .. }
        | Change::AddConstraint { .. }
        | Change::CreateIndex { .. }
        | Change::CreateView { .. }
        | Change::CreateRoutine { .. }
        | Change::CreateTrigger { .. }
        | Change::CreateOther { .. }
        | Change::AlterComposite { action: AttributeAction::Add(_), .. } => Act::Made,
        Change::DropNamespace { .. }
        | Change::DropExtension { .. }
        | Change::DropType { .. }
        | Change::DropSequence { .. }
        | Change::DropTable { .. }
        | Change::DropColumn { .. }
        | Change::DropConstraint { .. }
        | Change::DropIndex { .. }
        | Change::DropView { .. }
        | Change::DropRoutine { .. }
        | Change::DropTrigger { .. }
        | Change::DropOther { .. }
        | Change::AlterComposite { action: AttributeAction::Drop(_), .. } => Act::Gone,
        Change::Suspend { .. } | Change::Restore { .. } => Act::Aside,
        Change::SetComment { .. } => Act::Said,
        _ => Act::Altered,
    }
}

/// The places of the changes that do `wanted`, by the names of their objects; where several are
/// about one object, the first.
fn places(changes: &[Change], wanted: Act) -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    for (place, change) in changes.iter().enumerate().filter(|(_, it)| act(it) == wanted) {
        if let Change::RebuildTypes { types, columns } = change {
            let columns = columns
                .iter()
                .map(|it| Object::Column { of: it.table.clone(), name: it.to.name.clone() });
            let types = types.iter().map(|it| Object::Type(it.name.clone()));
            for object in types.chain(columns) {
                places.entry(object.to_string()).or_insert(place);
            }
        } else {
            places.entry(change.object()).or_insert(place);
        }
    }
    places
}

/// Follows the parents of `place` to one that has none but itself.
fn head_of(parents: &[Option<usize>], mut place: usize) -> Option<usize> {
    let mut seen = BTreeSet::from([place]);
    while let Some(parent) = parents[place].filter(|parent| *parent != place) {
        if !seen.insert(parent) {
            break;
        }
        place = parent;
    }
    parents[place].map(|_| place)
}

/// The changes, and what stands on what before and after them.
struct Family<'a> {
    changes: &'a [Change],
    made: BTreeMap<String, usize>,
    gone: BTreeMap<String, usize>,
    altered: BTreeMap<String, usize>,
    stood_on: Grounds,
    stands_on: Grounds,
}

impl Family<'_> {
    fn parent(&self, place: usize) -> Option<usize> {
        let change = &self.changes[place];
        let object = change.object();
        match (act(change), change) {
            (Act::Made, _) => self
                .stands_on
                .first(&object, &self.made)
                .or_else(|| self.replaced_under(&object))
                .or(Some(place)),
            (Act::Gone, _) => self.stood_on.first(&object, &self.gone).or(Some(place)),
            // Of what is altered in several ways, the first stands for all.
            (Act::Altered, _) => self
                .parent_of_altered(change, &object)
                .or_else(|| self.altered.get(&object).copied())
                .or(Some(place)),
            (Act::Aside, Change::Restore { drop, .. }) => {
                let is_its_own = |it: &Change| matches!(it, Change::Suspend { drop: suspended } if suspended == drop);
                self.changes
                    .iter()
                    .position(is_its_own)
                    .or_else(|| self.nearest(&self.stands_on, &object))
                    .or_else(|| self.last_before(place))
            }
            (Act::Aside, _) => {
                self.nearest(&self.stood_on, &object).or_else(|| self.first_after(place))
            }
            (Act::Said, _) => self
                .made
                .get(&object)
                .or_else(|| self.altered.get(&object))
                .copied()
                .or_else(|| self.stands_on.whole(&object, &self.made)),
        }
    }

    /// What was made anew and took `object` with it when it went.
    fn replaced_under(&self, object: &str) -> Option<usize> {
        let found = self.stands_on.first(object, &self.altered)?;
        matches!(self.changes[found], Change::Replace { .. }).then_some(found)
    }

    /// What was altered by what happened to something else.
    fn parent_of_altered(&self, change: &Change, object: &str) -> Option<usize> {
        let own = [&self.made, &self.gone].into_iter().find_map(|it| it.get(object)).copied();
        let made = self.stands_on.first(object, &self.made);
        let gone = self.stood_on.first(object, &self.gone);
        let is_of_type = |change: &Change| {
            matches!(
                change,
                Change::RebuildTypes { .. }
                    | Change::AlterColumn { aspect: ColumnAspect::Type, .. }
            )
        };
        // Its text has the labels of the type, or a cast.
        let of_type = self.stood_on.first(object, &self.altered);
        let of_type = of_type.filter(|it| is_of_type(&self.changes[*it]) && !is_of_type(change));
        own.or(made).or(gone).or(of_type)
    }

    /// The change nearest beneath `object`.
    fn nearest(&self, grounds: &Grounds, object: &str) -> Option<usize> {
        let mut seen = BTreeSet::from([object.to_owned()]);
        let mut waiting = VecDeque::from([object.to_owned()]);
        while let Some(next) = waiting.pop_front() {
            let found =
                [&self.altered, &self.gone, &self.made].into_iter().find_map(|it| it.get(&next));
            if let Some(found) = found {
                return Some(*found);
            }
            for ground in grounds.under(&next) {
                if seen.insert(ground.clone()) {
                    waiting.push_back(ground.clone());
                }
            }
        }
        None
    }

    fn first_after(&self, place: usize) -> Option<usize> {
        (place + 1..self.changes.len()).find(|place| self.is_own(*place))
    }

    fn last_before(&self, place: usize) -> Option<usize> {
        (0..place).rev().find(|place| self.is_own(*place))
    }

    fn is_own(&self, place: usize) -> bool {
        matches!(act(&self.changes[place]), Act::Made | Act::Gone | Act::Altered)
    }
}

/// What each object of a catalog stands on, all by their names: what it is a part of first.
struct Grounds {
    parts: BTreeMap<String, Vec<String>>,
    all: BTreeMap<String, Vec<String>>,
}

impl Grounds {
    fn of(catalog: &Catalog) -> Self {
        let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for object in trace::objects(catalog) {
            if let Some(of) = object.container() {
                parts.insert(object.to_string(), wholes(of));
            }
        }
        let mut all = parts.clone();
        for (name, sequence) in &catalog.sequences {
            if let Some(owner) = &sequence.owner {
                let (of, name_of) = (owner.table.clone(), owner.column.clone());
                let column = Object::Column { of, name: name_of };
                let of_sequence =
                    all.entry(Object::Sequence(name.clone()).to_string()).or_default();
                of_sequence.push(column.to_string());
                of_sequence.extend(wholes(&owner.table));
            }
        }
        for Dependency { dependent, on } in &catalog.dependencies {
            let grounds = all.entry(dependent.to_string()).or_default();
            grounds.push(on.to_string());
            grounds.extend(on.container().into_iter().flat_map(wholes));
        }
        Self { parts, all }
    }

    fn under(&self, object: &str) -> &[String] {
        self.all.get(object).map_or(&[], Vec::as_slice)
    }

    /// The place of the first of `places` that `object` stands on. A column and the sequence that
    /// came with it stand on each other: there the column is first.
    fn first(&self, object: &str, places: &BTreeMap<String, usize>) -> Option<usize> {
        let is_own = places.contains_key(object);
        let owns = |ground: &str| self.under(ground).iter().any(|it| it == object);
        let mut grounds = self.under(object).iter().filter(|ground| *ground != object);
        grounds.find_map(|ground| {
            let is_sequence_of_it = is_own
                && object.starts_with("column ")
                && ground.starts_with("sequence ")
                && owns(ground);
            places.get(ground).filter(|_| !is_sequence_of_it).copied()
        })
    }

    /// The place of that among `places` which `object` is a part of.
    fn whole(&self, object: &str, places: &BTreeMap<String, usize>) -> Option<usize> {
        let wholes = self.parts.get(object).map_or(&[][..], Vec::as_slice);
        wholes.iter().find_map(|whole| places.get(whole).copied())
    }
}

fn wholes(of: &QualifiedName) -> Vec<String> {
    [Object::Table(of.clone()), Object::View(of.clone()), Object::Type(of.clone())]
        .iter()
        .map(Object::to_string)
        .collect()
}
