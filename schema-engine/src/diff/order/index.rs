//! Which steps do what to which objects. Pure.

use std::collections::BTreeMap;

use super::super::step::{Effect, Step};
use crate::catalog::{QualifiedName, model::Object};

/// The steps, by what they do to what.
pub(super) struct Index<'a> {
    steps: BTreeMap<Effect, BTreeMap<&'a Object, Vec<usize>>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(steps: &'a [Step]) -> Self {
        let mut index: BTreeMap<_, BTreeMap<_, Vec<usize>>> = BTreeMap::new();
        for (place, step) in steps.iter().enumerate() {
            for (effect, object) in &step.effects {
                let of_effect = index.entry(*effect).or_default();
                of_effect.entry(object).or_default().push(place);
            }
        }
        Self { steps: index }
    }

    pub(super) fn exact(&self, effect: Effect, object: &Object) -> &[usize] {
        let of_effect = self.steps.get(&effect);
        of_effect.and_then(|steps| steps.get(object)).map_or(&[], Vec::as_slice)
    }

    /// The steps that do it to the object or, if none does, to what it is a part of.
    pub(super) fn steps(&self, effect: Effect, object: &Object) -> &[usize] {
        let own = self.exact(effect, object);
        let (true, Some(of)) = (own.is_empty(), object.container()) else { return own };
        let wholes = wholes(of);
        let found = wholes.iter().map(|whole| self.exact(effect, whole));
        found.into_iter().find(|steps| !steps.is_empty()).unwrap_or_default()
    }
}

pub(super) fn wholes(of: &QualifiedName) -> [Object; 3] {
    [Object::Table(of.clone()), Object::View(of.clone()), Object::Type(of.clone())]
}
