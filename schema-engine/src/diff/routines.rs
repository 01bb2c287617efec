//! Functions and procedures. Pure.

use super::{
    Change, Commented,
    draft::{Draft, both},
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::{
    Signature,
    model::{Object, Routine},
};

pub(super) fn compare(draft: &mut Draft<'_>) {
    for (signature, old, new) in both(&draft.from.routines, &draft.to.routines) {
        let object = Object::Routine(signature.clone());
        let wishes = new.map(|new| mentioned(draft, &signature, new)).unwrap_or_default();
        let is_recreated = draft.fates.is_recreated(&object);
        let placed = draft.place(
            (old, new),
            (is_recreated, false),
            |old| drop(&signature, old),
            |new| create(&signature, new).wishing(wishes.clone()),
        );
        let (Some(old), Some(new), false) = (old, new, placed) else { continue };
        if old.definition != new.definition {
            let (from, to) = (old.clone(), new.clone());
            let change = Change::ReplaceRoutine { signature: signature.clone(), from, to };
            let step = Step::new(Rank::CreateRoutine, Effect::Alter, object.clone(), change);
            let step = step.wishing(wishes.clone());
            if draft.fates.is_ground(draft.from, &object) {
                draft.add(step);
            } else {
                // Between what it stood on and what it stands on, it may have to go.
                let (drop, create) = (drop(&signature, old), create(&signature, new));
                draft.alter_or_replace(step, drop, create.wishing(wishes));
            }
        }
        draft.comment(Commented::Object(object), old.comment.as_ref(), new.comment.as_ref());
    }
}

fn drop(signature: &Signature, routine: &Routine) -> Step {
    let change = Change::DropRoutine { signature: signature.clone(), routine: routine.clone() };
    Step::new(Rank::DropRoutine, Effect::Drop, Object::Routine(signature.clone()), change)
}

fn create(signature: &Signature, routine: &Routine) -> Step {
    let change = Change::CreateRoutine { signature: signature.clone(), routine: routine.clone() };
    Step::new(Rank::CreateRoutine, Effect::Create, Object::Routine(signature.clone()), change)
}

/// What the body of an SQL function names: the server looks for it when the function is made, and
/// keeps no dependency where the body is a text.
fn mentioned(draft: &Draft<'_>, signature: &Signature, routine: &Routine) -> Vec<Object> {
    if routine.language != "sql" || !routine.definition.contains("\nAS $") {
        return Vec::new();
    }
    let (from, to) = (draft.from, draft.to);
    let is_mentioned = |name: &str| routine.definition.contains(name);
    let routines = to.routines.keys().filter(|other| {
        *other != signature && !from.routines.contains_key(other) && is_mentioned(&other.name.name)
    });
    let views = to.views.keys().filter(|view| is_mentioned(&view.name));
    let tables = to.tables.iter().filter(|(table, _)| is_mentioned(&table.name));
    let tables = tables.flat_map(|(name, table)| {
        let columns = table
            .columns
            .iter()
            .map(|column| Object::Column { of: name.clone(), name: column.name.clone() });
        columns.chain([Object::Table(name.clone())])
    });
    let found = routines.cloned().map(Object::Routine);
    found.chain(views.cloned().map(Object::View)).chain(tables).collect()
}
