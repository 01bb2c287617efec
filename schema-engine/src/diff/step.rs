//! A change with what decides its place among the others. Pure.

use super::{Change, rank::Rank};
use crate::catalog::{QualifiedName, model::Object};

/// What a change does to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Effect {
    /// It is there afterwards, and was not before.
    Create,
    /// It was there before, and is not afterwards.
    Drop,
    /// It is another afterwards, and what stands on it need not mind.
    Alter,
    /// It is another afterwards, and what minds is dropped before and created again later.
    Shake,
    /// It is no longer part of a whole, or a whole of that part.
    Leave,
    /// It is part of a whole from then on, or a whole of that part.
    Join,
}

/// A change with what decides its place.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) change: Change,
    pub(super) rank: Rank,
    /// What it does, to which objects; what stands on what, the catalogs say.
    pub(super) effects: Vec<(Effect, Object)>,
    /// What it needs beyond that.
    pub(super) needs: Vec<Object>,
    /// What it may need, and what is better there before it.
    pub(super) wishes: Vec<Object>,
    /// What cannot go before it, beyond that.
    pub(super) frees: Vec<Object>,
    /// The names that it takes or gives back, for which others wait.
    pub(super) names: Vec<(Effect, QualifiedName)>,
}

/// What is done at one place, or at two if other changes have to come between.
#[derive(Debug, Clone)]
pub(super) enum Move {
    One(Box<Step>),
    /// Dropping and creating again.
    Two(Box<(Step, Step)>),
    /// Done at once, or in two stages.
    Staged(Box<(Step, [Step; 2])>),
}

impl Step {
    pub(super) fn new(rank: Rank, effect: Effect, object: Object, change: Change) -> Self {
        Self { effects: vec![(effect, object)], ..Self::bare(rank, change) }
    }

    /// A step that matters to nothing but by its rank, and by what it needs or frees.
    pub(super) fn bare(rank: Rank, change: Change) -> Self {
        let (needs, wishes, frees) = (Vec::new(), Vec::new(), Vec::new());
        Self { change, rank, effects: Vec::new(), needs, wishes, frees, names: Vec::new() }
    }

    /// A step that makes `child` a part of `parent`, or no longer.
    pub(super) fn between(
        rank: Rank,
        effect: Effect,
        child: &QualifiedName,
        parent: &QualifiedName,
        change: Change,
    ) -> Self {
        let both = [child, parent].map(|name| (effect, Object::Table(name.clone())));
        Self { effects: both.into(), ..Self::bare(rank, change) }
    }

    pub(super) fn needing(mut self, objects: impl IntoIterator<Item = Object>) -> Self {
        self.needs.extend(objects);
        self
    }

    pub(super) fn wishing(mut self, objects: impl IntoIterator<Item = Object>) -> Self {
        self.wishes.extend(objects);
        self
    }

    pub(super) fn freeing(mut self, objects: impl IntoIterator<Item = Object>) -> Self {
        self.frees.extend(objects);
        self
    }

    /// Says that the step takes or gives back a name among those of relations and types.
    pub(super) fn naming(mut self, name: QualifiedName) -> Self {
        let effect = self.effects.first().map_or(Effect::Alter, |(effect, _)| *effect);
        self.names.push((effect, name));
        self
    }
}

impl Move {
    /// The steps in which it is done at one place.
    pub(super) fn joined(self) -> Step {
        match self {
            Self::One(step) => *step,
            Self::Staged(stages) => stages.0,
            Self::Two(both) => {
                let (drop, create) = *both;
                let change = Change::Replace {
                    drop: Box::new(drop.change),
                    create: Box::new(create.change),
                };
                Step {
                    change,
                    rank: create.rank,
                    effects: [drop.effects, create.effects].concat(),
                    needs: [drop.needs, create.needs].concat(),
                    wishes: [drop.wishes, create.wishes].concat(),
                    frees: [drop.frees, create.frees].concat(),
                    names: [drop.names, create.names].concat(),
                }
            }
        }
    }

    /// The steps in which it is done at two places.
    pub(super) fn split(self) -> Vec<Step> {
        match self {
            Self::One(step) => vec![*step],
            Self::Staged(stages) => stages.1.into(),
            Self::Two(both) => {
                let (mut drop, mut create) = *both;
                let dropped = Box::new(drop.change);
                drop.change = Change::Suspend { drop: dropped.clone() };
                create.change = Change::Restore { drop: dropped, create: Box::new(create.change) };
                vec![drop, create]
            }
        }
    }
}
