//! Constraints of tables and domains. Pure.

use super::{
    Change, Commented, Constrained,
    draft::Draft,
    indexes,
    rank::Rank,
    step::{Effect, Step},
};
use crate::catalog::{
    QualifiedName,
    model::{Check, Constraint, ConstraintKind, Index, Object, Validity},
};

/// A constraint before and after.
type BeforeAfter<'a> = (Option<&'a Constraint>, Option<&'a Constraint>);
/// The indexes that back it.
type Indexes<'a> = (Option<&'a Index>, Option<&'a Index>);

/// Whether statements lead from one to the other without dropping the constraint.
pub(super) fn is_alterable(old: &Constraint, new: &Constraint, indexes: Indexes<'_>) -> bool {
    essence(old, indexes.0, new) == essence(new, indexes.1, new)
}

/// Whether both are what a child has of a parent's check: that of a new child is valid, for it has no
/// rows, and that of others is as valid as the parent's.
pub(super) fn is_inherited_alike(old: &Constraint, new: &Constraint) -> bool {
    let (ConstraintKind::Check(was), ConstraintKind::Check(is)) = (&old.kind, &new.kind) else {
        return false;
    };
    let essence = |check: &Check| Check { validity: Validity::Valid, ..check.clone() };
    let is_enforced = was.validity != Validity::NotEnforced && is.validity != Validity::NotEnforced;
    old.is_inherited && new.is_inherited && is_enforced && essence(was) == essence(is)
}

/// Compares what stands under one name; `is_back` says that the whole was dropped.
pub(super) fn compare<'a>(
    draft: &mut Draft<'a>,
    of: &Constrained,
    name: &str,
    (old, new): BeforeAfter<'a>,
    (old_index, new_index): Indexes<'_>,
    is_back: bool,
) {
    let object = object(of, name);
    let is_recreated = draft.fates.is_recreated(&object);
    let draft_from = draft.from;
    let partial = indexes::partial(draft, of.name(), name);
    let partial = partial.into_iter().map(|(of, name)| Object::Constraint { of, name });
    let partial: Vec<_> = partial.collect();
    let placed = draft.place(
        (old, new),
        (is_recreated, is_back),
        |old| {
            let parts = indexes::parts(draft_from, of.name(), name).into_iter();
            parts.fold(drop(of, name, old, old_index), |step, (of, name)| {
                named(step, &of, &name, old)
            })
        },
        |new| create(of, name, new, new_index).needing(partial.iter().cloned()),
    );
    let (Some(old), Some(new), false) = (old, new, placed) else { return };
    let is_valid_now =
        validity(old) == Some(Validity::NotValid) && validity(new) == Some(Validity::Valid);
    let is_by_parent = new.is_inherited && !draft.kept_parents(of.name()).is_empty();
    if is_valid_now && !is_by_parent {
        let change = Change::ValidateConstraint { of: of.clone(), name: name.to_owned() };
        draft.add(Step::new(rank(new), Effect::Alter, object.clone(), change));
    }
    let on = match of {
        Constrained::Table(_) => Commented::Object(object),
        Constrained::Domain(of) => {
            Commented::DomainConstraint { of: of.clone(), name: name.to_owned() }
        }
    };
    draft.comment(on, old.comment.as_ref(), new.comment.as_ref());
}

pub(super) fn create(
    of: &Constrained,
    name: &str,
    constraint: &Constraint,
    index: Option<&Index>,
) -> Step {
    let change = Change::AddConstraint {
        of: of.clone(),
        name: name.to_owned(),
        constraint: constraint.clone(),
        index: index.cloned(),
    };
    let mut step = Step::new(rank(constraint), Effect::Create, object(of, name), change);
    // No value of a domain within another can be looked at, so that there must be none yet.
    if let Constrained::Domain(domain) = of {
        step.effects.push((Effect::Alter, Object::Type(domain.clone())));
    }
    named(step, of.name(), name, constraint)
}

pub(super) fn drop(
    of: &Constrained,
    name: &str,
    constraint: &Constraint,
    index: Option<&Index>,
) -> Step {
    let change = Change::DropConstraint {
        of: of.clone(),
        name: name.to_owned(),
        constraint: constraint.clone(),
        index: index.cloned(),
    };
    let rank = match constraint.kind {
        ConstraintKind::ForeignKey(_) => Rank::DropForeignKey,
        _ => Rank::DropConstraint,
    };
    let step = Step::new(rank, Effect::Drop, object(of, name), change);
    named(step, of.name(), name, constraint)
}

/// Which rows it holds for.
pub(super) fn validity(constraint: &Constraint) -> Option<Validity> {
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => Some(key.validity),
        ConstraintKind::Check(check) => Some(check.validity),
        _ => None,
    }
}

/// A check that is valid may be what a parent has, and a foreign key needs both its tables.
fn rank(constraint: &Constraint) -> Rank {
    match constraint.kind {
        ConstraintKind::ForeignKey(_) => Rank::AddForeignKey,
        _ => Rank::AddConstraint,
    }
}

fn object(of: &Constrained, name: &str) -> Object {
    Object::Constraint { of: of.name().clone(), name: name.to_owned() }
}

fn named(step: Step, of: &QualifiedName, name: &str, constraint: &Constraint) -> Step {
    let namespace = &of.namespace;
    match &constraint.kind {
        ConstraintKind::Unique(_) | ConstraintKind::Exclusion(_) => {
            step.naming(QualifiedName::new(namespace, name))
        }
        // A table has one primary key, whatever the name; no name of a column begins with a dot.
        ConstraintKind::PrimaryKey(_) => step
            .naming(QualifiedName::new(namespace, name))
            .naming(QualifiedName::new(of.to_string(), "PRIMARY KEY")),
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check(_) => step,
    }
}

/// What cannot be altered: all but the storage of its index, and that it is not yet valid where
/// `goal` is.
fn essence(constraint: &Constraint, index: Option<&Index>, goal: &Constraint) -> String {
    let mut constraint = constraint.clone();
    if validity(goal) == Some(Validity::Valid) {
        match &mut constraint.kind {
            ConstraintKind::ForeignKey(key) if key.validity == Validity::NotValid => {
                key.validity = Validity::Valid;
            }
            ConstraintKind::Check(check) if check.validity == Validity::NotValid => {
                check.validity = Validity::Valid;
            }
            _ => {}
        }
    }
    let index =
        index.map(|index| Index { options: std::collections::BTreeMap::new(), ..index.clone() });
    constraint.definition(index.as_ref())
}
