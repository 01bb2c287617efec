//! Puts steps in an order in which each can be taken. Pure.

mod family;
mod graph;
mod index;
mod parts;
mod persistence;

use super::{
    Change, heritage,
    step::{Effect, Move, Step},
};
use crate::catalog::{Catalog, model::Object};

use graph::Graph;

/// Orders `moves`, whose drops follow what stands on what in `from` and whose rest follows `to`.
///
/// What is dropped and created again is that at one place if nothing has to come between.
pub(super) fn order(from: &Catalog, to: &Catalog, moves: &[Move]) -> Vec<Change> {
    let mut is_split = vec![false; moves.len()];
    let mut heeds_wishes = true;
    loop {
        let mut steps = Vec::new();
        let mut origins = Vec::new();
        for (place, found) in moves.iter().enumerate() {
            let of_move =
                if is_split[place] { found.clone().split() } else { vec![found.clone().joined()] };
            origins.extend(of_move.iter().map(|_| place));
            steps.extend(of_move.into_iter().map(|step| concerning_all(step, from, to)));
        }
        let mut graph = Graph::of(from, to, &steps);
        for place in 1..steps.len() {
            if origins[place - 1] == origins[place] {
                graph.add(&[place - 1], &[place]);
            }
        }
        if heeds_wishes {
            graph.add_wishes(&steps);
        }
        let stuck = graph.sort();
        let is_sorted = stuck.is_empty() || !heeds_wishes;
        let mut has_split = false;
        for step in stuck {
            let place = origins[step];
            if !is_split[place] && !matches!(moves[place], Move::One(_)) {
                is_split[place] = true;
                has_split = true;
            }
        }
        if !has_split && is_sorted {
            return graph.finish(steps);
        }
        if !has_split {
            heeds_wishes = false;
        }
    }
}

/// With what a table stands under, what that stands under is left and joined.
fn concerning_all(mut step: Step, from: &Catalog, to: &Catalog) -> Step {
    let mut beyond = Vec::new();
    for (effect, object) in &step.effects {
        let (catalog, Object::Table(name)) = (
            match effect {
                Effect::Leave => from,
                Effect::Join => to,
                _ => continue,
            },
            object,
        ) else {
            continue;
        };
        let above = heritage::ancestors(catalog, name).into_iter().cloned();
        beyond.extend(above.map(|name| (*effect, Object::Table(name))));
    }
    step.effects.extend(beyond);
    step
}
