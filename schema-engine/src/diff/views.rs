//! Views, materialised or not. Pure.

use super::{
    Change, Commented, columns,
    draft::{Draft, both},
    indexes,
    rank::Rank,
    step::{Effect, Step},
    triggers,
};
use crate::catalog::{
    QualifiedName,
    model::{Column, Object, View},
};

/// Whether statements lead from one to the other without dropping the view.
pub(super) fn is_alterable(old: &View, new: &View) -> bool {
    if old.is_materialized != new.is_materialized {
        return false;
    }
    if new.is_materialized {
        return old.query == new.query
            && old.access_method == new.access_method
            && old.columns.len() == new.columns.len()
            && extends(&old.columns, &new.columns);
    }
    extends(&old.columns, &new.columns)
}

pub(super) fn compare(draft: &mut Draft<'_>) {
    for (name, old, new) in both(&draft.from.views, &draft.to.views) {
        let object = Object::View(name.clone());
        let is_recreated = draft.fates.is_recreated(&object);
        let placed = draft.place(
            (old, new),
            (is_recreated, false),
            |old| drop(&name, old),
            |new| create(&name, new),
        );
        let Some(new) = new else { continue };
        let old = old.filter(|_| !placed || is_recreated);
        if let (Some(old), false) = (old, placed) {
            alter(draft, &name, old, new);
        }
        parts(draft, &name, old, new, is_recreated);
    }
}

fn drop(name: &QualifiedName, view: &View) -> Step {
    let change = Change::DropView { name: name.clone(), view: view.clone() };
    let step = Step::new(Rank::DropView, Effect::Drop, Object::View(name.clone()), change);
    let indexes = view.indexes.keys().map(|index| QualifiedName::new(&name.namespace, index));
    indexes.fold(step.naming(name.clone()), Step::naming)
}

fn create(name: &QualifiedName, view: &View) -> Step {
    let change = Change::CreateView { name: name.clone(), view: view.clone() };
    let step = Step::new(Rank::CreateView, Effect::Create, Object::View(name.clone()), change);
    step.naming(name.clone())
}

fn parts<'a>(
    draft: &mut Draft<'a>,
    name: &QualifiedName,
    old: Option<&'a View>,
    new: &'a View,
    is_back: bool,
) {
    for (index, was, is) in both(old.map_or(&EMPTY_INDEXES, |old| &old.indexes), &new.indexes) {
        indexes::compare(draft, name, &index, (was, is), is_back);
    }
    for (trigger, was, is) in both(old.map_or(&EMPTY_TRIGGERS, |old| &old.triggers), &new.triggers)
    {
        triggers::compare(draft, name, &trigger, (was, is), is_back);
    }
}

static EMPTY_INDEXES: std::collections::BTreeMap<String, crate::catalog::model::Index> =
    std::collections::BTreeMap::new();
static EMPTY_TRIGGERS: std::collections::BTreeMap<String, crate::catalog::model::Trigger> =
    std::collections::BTreeMap::new();

fn alter(draft: &mut Draft<'_>, name: &QualifiedName, old: &View, new: &View) {
    let object = Object::View(name.clone());
    let (from, to) = (old.clone(), new.clone());
    if old.query != new.query || old.columns.len() != new.columns.len() {
        let change = Change::ReplaceView { name: name.clone(), from, to };
        let step = Step::new(Rank::CreateView, Effect::Alter, object.clone(), change);
        if draft.fates.is_ground(draft.from, &object) {
            draft.add(step);
        } else {
            // Between what it stood on and what it stands on, it may have to go.
            draft.alter_or_replace(step, drop(name, old), create(name, new));
        }
    } else if old.options != new.options {
        let change = Change::SetViewOptions { name: name.clone(), from, to };
        draft.add(Step::new(Rank::CreateView, Effect::Alter, object.clone(), change));
    }
    for column in &new.columns {
        let was = old.columns.iter().find(|other| other.name == column.name);
        let added = Column { value: None, comment: None, ..column.clone() };
        columns::alter(draft, name, was.unwrap_or(&added), column);
    }
    let on = if new.is_materialized {
        Commented::MaterializedView(name.clone())
    } else {
        Commented::Object(object)
    };
    draft.comment(on, old.comment.as_ref(), new.comment.as_ref());
}

/// Whether a view with the new columns can take the old one's place.
fn extends(old: &[Column], new: &[Column]) -> bool {
    let is_same = |(old, new): (&Column, &Column)| {
        (&old.name, &old.data_type, &old.collation) == (&new.name, &new.data_type, &new.collation)
    };
    old.len() <= new.len() && old.iter().zip(new).all(is_same)
}
