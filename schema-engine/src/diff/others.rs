//! Objects of the kinds that have no value of their own in a catalog. Pure.

use super::{
    Change, Commented,
    draft::{Draft, both},
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::model::{Object, Other};

/// Whether two objects are made alike; in which order statistics name columns is the order of these.
pub(super) fn is_same(old: &Other, new: &Other) -> bool {
    let essence = |other: &Other| {
        let definition = other.definition.clone()?;
        let parts = definition.strip_prefix("CREATE STATISTICS ")?.split_once(" ON ")?;
        let (columns, table) = parts.1.rsplit_once(" FROM ")?;
        let mut columns: Vec<_> = columns.split(", ").map(str::to_owned).collect();
        columns.sort();
        Some((parts.0.to_owned(), columns, table.to_owned()))
    };
    old.definition == new.definition || essence(old).is_some() && essence(old) == essence(new)
}

pub(super) fn compare(draft: &mut Draft<'_>) {
    for (name, old, new) in both(&draft.from.others, &draft.to.others) {
        let object = Object::Other(name.clone());
        let is_recreated = draft.fates.is_recreated(&object);
        let placed = draft.place(
            (old, new),
            (is_recreated, false),
            |old| {
                let change = Change::DropOther { name: name.clone(), other: old.clone() };
                Step::new(Rank::DropOther, Effect::Drop, object.clone(), change)
            },
            |new| {
                let change = Change::CreateOther { name: name.clone(), other: new.clone() };
                Step::new(Rank::CreateOther, Effect::Create, object.clone(), change)
            },
        );
        if let (Some(old), Some(new), false) = (old, new, placed) {
            let on = Commented::Object(object.clone());
            draft.comment(on, old.comment.as_ref(), new.comment.as_ref());
        }
    }
}
