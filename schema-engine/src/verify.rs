//! Replays a lineage in a shadow, up, down and up again, and says what did not come back. Creates
//! and drops the shadow; reads the journal.

mod flaw;
mod moment;

pub use self::flaw::Flaw;
use self::moment::Moment;
use crate::{
    catalog::InspectError,
    check::{Comparison, Report},
    checksum::{self, Checksum, ChecksumError},
    desired::{self, DesiredError, EntityError},
    plan::Direction,
    record::RecordError,
    schema::{Migration, Schema},
    server_error::chain,
    shadow::{Place, Shadow, ShadowError},
};

/// Why a lineage could not be verified.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// There is no shadow, or a migration does not run in it.
    #[error(transparent)]
    Shadow(#[from] ShadowError),
    /// What a migration made could not be read.
    #[error("cannot read what the shadow holds")]
    Inspect(#[from] InspectError),
    /// It is not known what the entities want.
    #[error(transparent)]
    Entities(#[from] DesiredError),
    /// A migration has no checksum.
    #[error(transparent)]
    Checksum(#[from] ChecksumError),
}

/// Replays the lineage of `schema`, computes its checksums and holds its entities against it, in a
/// shadow each.
///
/// Each migration is run up, down and up again where it stands in the lineage; then the whole is
/// reverted and applied again. What is held against what it was are the catalog and the number of
/// rows in each table.
///
/// # Errors
///
/// [`VerifyError`], by what went wrong.
pub async fn verify(schema: &Schema, place: &Place) -> Result<Vec<Flaw>, VerifyError> {
    let replay = Box::pin(replay(schema, place));
    let computed = async { Ok(checksum::compute(schema, place).await?) };
    let (mut flaws, checksums, differing) =
        tokio::try_join!(replay, Box::pin(computed), Box::pin(differing(schema, place)))?;
    flaws.extend(stale(schema, &checksums));
    flaws.extend(differing);
    Ok(flaws)
}

/// What `check` finds.
async fn differing(schema: &Schema, place: &Place) -> Result<Option<Flaw>, VerifyError> {
    let states = match desired::states(schema, place).await {
        Err(DesiredError::Entity(EntityError::None { .. })) => return Ok(None),
        states => states?,
    };
    let comparison = Comparison::of(&states, &[]);
    let report = Report::of(&comparison.changes(), &comparison.changes_back());
    let differences: Vec<String> =
        report.differences.into_iter().map(|it| it.description).collect();
    Ok((!differences.is_empty()).then_some(Flaw::Entities { differences }))
}

fn stale<'a>(schema: &'a Schema, checksums: &'a [Checksum]) -> impl Iterator<Item = Flaw> + 'a {
    let pairs = std::iter::zip(&schema.migrations, checksums);
    let stale = pairs.filter(|(migration, found)| migration.checksum != Some(&found.digest));
    stale.map(|(migration, _)| Flaw::Stale { migration: migration.name.clone() })
}

async fn replay(schema: &Schema, place: &Place) -> Result<Vec<Flaw>, VerifyError> {
    let shadow = Shadow::open(place).await?;
    let mut replay = Replay { shadow: &shadow, flaws: Vec::new() };
    let result = replay.lineage(schema).await;
    let flaws = replay.flaws;
    let closed = shadow.close().await;
    result?;
    closed?;
    Ok(flaws)
}

struct Replay<'a> {
    shadow: &'a Shadow,
    flaws: Vec<Flaw>,
}

impl Replay<'_> {
    async fn lineage(&mut self, schema: &Schema) -> Result<(), VerifyError> {
        self.shadow.bring_to(schema, &[]).await?;
        let base = self.look().await?;
        let mut before = base.clone();
        for migration in &schema.migrations {
            self.shadow.replay(migration, Direction::Up).await?;
            let after = self.look().await?;
            if !self.there_and_back(migration, &before, &after).await? {
                // What follows would be held against what a failure left.
                return Ok(());
            }
            before = after;
        }
        // What cannot be reverted by itself cannot be in the whole.
        if self.flaws.iter().any(|flaw| matches!(flaw, Flaw::Irreversible { .. })) {
            return Ok(());
        }
        for migration in schema.migrations.iter().rev() {
            self.shadow.replay(migration, Direction::Down).await?;
        }
        let reverted = self.look().await?;
        self.flaws.extend(Flaw::of_revert(None, &base, &reverted));
        for migration in &schema.migrations {
            self.shadow.replay(migration, Direction::Up).await?;
        }
        let again = self.look().await?;
        self.flaws.extend(Flaw::of_repetition(None, &before, &again));
        Ok(())
    }

    /// Runs a migration down and up again; gives whether the shadow stands behind it.
    async fn there_and_back(
        &mut self,
        migration: &Migration,
        before: &Moment,
        after: &Moment,
    ) -> Result<bool, VerifyError> {
        let name = || migration.name.clone();
        if let Some(error) = self.attempt(migration, Direction::Down).await? {
            self.flaws.push(Flaw::Irreversible { migration: name(), error });
            return Ok(migration.runs_in_transaction());
        }
        let reverted = self.look().await?;
        self.flaws.extend(Flaw::of_revert(Some(name()), before, &reverted));
        if let Some(error) = self.attempt(migration, Direction::Up).await? {
            self.flaws.push(Flaw::Unrepeatable { migration: name(), error });
            return Ok(false);
        }
        let again = self.look().await?;
        self.flaws.extend(Flaw::of_repetition(Some(name()), after, &again));
        Ok(true)
    }

    /// Runs a migration; gives what it said where it failed.
    async fn attempt(
        &self,
        migration: &Migration,
        direction: Direction,
    ) -> Result<Option<String>, VerifyError> {
        match self.shadow.replay(migration, direction).await {
            Ok(()) => Ok(None),
            Err(ShadowError::Record(error @ RecordError::Migration { .. })) => {
                Ok(Some(chain(&error)))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn look(&self) -> Result<Moment, VerifyError> {
        Ok(Moment::of(self.shadow.session().connection()).await?)
    }
}

#[cfg(all(test, feature = "embedded"))]
mod tests;
