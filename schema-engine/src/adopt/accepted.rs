//! What differed when a database was taken over, and was accepted.
//!
//! Reads the journal.

use sea_orm::{ConnectionTrait, DbErr, prelude::DateTimeWithTimeZone};
use serde::Serialize;

use super::Findings;
use crate::{
    journal::{self, Outcome},
    state::State,
};

/// A difference that somebody accepted.
#[derive(Debug, Clone, Serialize)]
pub struct Accepted {
    /// One of [`super::Difference::descriptions`].
    pub description: String,
    /// When, by the server's clock.
    pub at: DateTimeWithTimeZone,
    /// The user who did.
    pub actor: String,
}

/// Reads what was accepted when the database was taken over: no later comparison counts it as
/// drift.
///
/// # Errors
///
/// The server's.
pub async fn accepted(db: &impl ConnectionTrait, state: &State) -> Result<Vec<Accepted>, DbErr> {
    let runs = journal::runs(db, state).await?.into_iter();
    let accepted = runs.filter(|run| run.outcome.as_deref() == Some(Outcome::Accepted.word()));
    Ok(accepted
        .filter_map(|run| {
            let (at, actor) = (run.started_at, run.actor);
            run.error.map(|description| Accepted { description, at, actor })
        })
        .collect())
}

impl Findings {
    /// Leaves out the differences all of which was accepted, and gives those.
    pub fn without(self, accepted: &[Accepted]) -> (Self, Vec<super::Difference>) {
        let is_accepted =
            |description: &str| accepted.iter().any(|it| it.description == description);
        let Self { differences, steps, mut back, left_alone } = self;
        let mut places = Vec::new();
        let (mut open, mut known) = (Vec::new(), Vec::new());
        for difference in differences {
            if difference.descriptions().all(is_accepted) {
                places.push(None);
                known.push(difference);
            } else {
                places.push(Some(open.len()));
                open.push(difference);
            }
        }
        let steps = steps.into_iter().filter_map(|step| {
            let difference = places.get(step.difference).copied().flatten()?;
            Some(super::Step { difference, ..step })
        });
        let is_about = |found: &[super::Difference], object: &str| {
            found.iter().any(|difference| difference.object == object)
        };
        back.retain(|step| is_about(&open, &step.object) || !is_about(&known, &step.object));
        (Self { differences: open, steps: steps.collect(), back, left_alone }, known)
    }
}
