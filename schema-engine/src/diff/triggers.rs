//! Triggers of tables and views. Pure.

use super::{
    Change, Commented,
    draft::Draft,
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::{
    QualifiedName,
    model::{Object, Trigger},
};

/// Compares what stands under one name; `is_back` says that its table or view was dropped.
pub(super) fn compare<'a>(
    draft: &mut Draft<'a>,
    of: &QualifiedName,
    name: &str,
    (old, new): (Option<&'a Trigger>, Option<&'a Trigger>),
    is_back: bool,
) {
    let object = Object::Trigger { of: of.clone(), name: name.to_owned() };
    let step = |rank, effect, change| Step::new(rank, effect, object.clone(), change);
    let is_recreated = draft.fates.is_recreated(&object);
    let placed = draft.place(
        (old, new),
        (is_recreated, is_back),
        |old| {
            let (of, name, trigger) = (of.clone(), name.to_owned(), old.clone());
            step(Rank::DropTrigger, Effect::Drop, Change::DropTrigger { of, name, trigger })
        },
        |new| {
            let (of, name, trigger) = (of.clone(), name.to_owned(), new.clone());
            step(Rank::CreateTrigger, Effect::Create, Change::CreateTrigger { of, name, trigger })
        },
    );
    let (Some(old), Some(new), false) = (old, new, placed) else { return };
    if old.firing != new.firing {
        let change = Change::SetFiring {
            of: of.clone(),
            name: name.to_owned(),
            from: old.firing,
            to: new.firing,
        };
        draft.add(step(Rank::CreateTrigger, Effect::Alter, change));
    }
    draft.comment(Commented::Object(object), old.comment.as_ref(), new.comment.as_ref());
}
