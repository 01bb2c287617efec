//! Namespaces and extensions. Pure.

use super::{
    Change, Commented,
    draft::{Draft, both},
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::model::Object;

pub(super) fn compare(draft: &mut Draft<'_>) {
    for (name, old, new) in both(&draft.from.namespaces, &draft.to.namespaces) {
        match (old, new) {
            (Some(old), Some(new)) => {
                let on = Commented::Namespace(name);
                draft.comment(on, old.comment.as_ref(), new.comment.as_ref());
            }
            (Some(old), None) => {
                let change = Change::DropNamespace { name, namespace: old.clone() };
                draft.add(Step::bare(Rank::DropNamespace, change));
            }
            (None, Some(new)) => {
                let change = Change::CreateNamespace { name, namespace: new.clone() };
                draft.add(Step::bare(Rank::CreateNamespace, change));
            }
            (None, None) => {}
        }
    }
    for (name, old, new) in both(&draft.from.extensions, &draft.to.extensions) {
        let object = Object::Extension(name.clone());
        let step = match (old, new) {
            (Some(old), Some(new)) if old.namespace != new.namespace => {
                let (from, to) = (old.namespace.clone(), new.namespace.clone());
                let change = Change::MoveExtension { name, from, to };
                Step::new(Rank::CreateExtension, Effect::Alter, object, change)
            }
            (Some(_), Some(_)) | (None, None) => continue,
            (Some(old), None) => {
                let change = Change::DropExtension { name, extension: old.clone() };
                Step::new(Rank::DropExtension, Effect::Drop, object, change)
            }
            (None, Some(new)) => {
                let change = Change::CreateExtension { name, extension: new.clone() };
                Step::new(Rank::CreateExtension, Effect::Create, object, change)
            }
        };
        draft.add(step);
    }
}
