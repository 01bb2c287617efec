//! Computes the checksums of a lineage: of SQL files by their text, of Rust migrations by what they
//! issue in a shadow. Creates and drops the shadow.

use sql_migration::SqlMigration;

use super::{Checksum, of_files, of_statements};
use crate::{
    plan::Direction,
    record::{RecordError, Recording},
    schema::{Migration, Schema},
    shadow::{Place, Shadow, ShadowError},
    sql::{self, SqlError},
};

/// Why a lineage has no checksums.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChecksumError {
    /// A file holds something that is no SQL, or a migration issued it.
    #[error("`{migration}` cannot be split into statements")]
    Text {
        /// The migration's name.
        migration: String,
        /// What is in the way.
        #[source]
        source: SqlError,
    },
    /// What a migration issues is not the same each time.
    #[error(
        "`{migration}` issues other statements each time, as with a time or a random number that \
         Rust makes; leave that to PostgreSQL: `now()`, `gen_random_uuid()`; first `{first}`, \
         then `{second}`"
    )]
    Unstable {
        /// The migration's name.
        migration: String,
        /// A statement of the first run.
        first: String,
        /// The one in its place in the second.
        second: String,
    },
    /// The migrations do not run in a shadow.
    #[error(transparent)]
    Shadow(#[from] ShadowError),
}

/// Computes the checksum of each migration, in lineage order.
///
/// # Errors
///
/// [`ChecksumError`], by what went wrong.
pub async fn compute(schema: &Schema, place: &Place) -> Result<Vec<Checksum>, ChecksumError> {
    // SQL files need no shadow but for the Rust migrations that build on them.
    let Some(last) = schema.migrations.iter().rposition(|known| known.sql.is_none()) else {
        let files = schema.migrations.iter().filter_map(|known| known.sql.as_ref());
        return files.map(of_sql).collect();
    };
    let shadow = Shadow::open(place).await?;
    let result = compute_in(&shadow, schema, last).await;
    let closed = shadow.close().await;
    let checksums = result?;
    closed?;
    Ok(checksums)
}

async fn compute_in(
    shadow: &Shadow,
    schema: &Schema,
    last: usize,
) -> Result<Vec<Checksum>, ChecksumError> {
    shadow.bring_to(schema, &[]).await?;
    let mut checksums = Vec::new();
    for (index, migration) in schema.migrations.iter().enumerate() {
        let Some(files) = &migration.sql else {
            checksums.push(of_rust(shadow, migration).await?);
            continue;
        };
        checksums.push(of_sql(files)?);
        if index < last {
            shadow.replay(migration, Direction::Up).await?;
        }
    }
    Ok(checksums)
}

fn of_sql(files: &SqlMigration) -> Result<Checksum, ChecksumError> {
    let migration = files.name.to_owned();
    match of_files(files) {
        Ok(digest) => Ok(Checksum { migration, digest }),
        Err(source) => Err(ChecksumError::Text { migration, source }),
    }
}

/// Runs it up, down and up again, so that the shadow stands behind it.
async fn of_rust(shadow: &Shadow, migration: &Migration) -> Result<Checksum, ChecksumError> {
    let up = shadow.record(migration, Direction::Up).await?;
    let down = match shadow.record(migration, Direction::Down).await {
        Ok(down) => down,
        // One that cannot be reverted is what it does upwards.
        Err(ShadowError::Record(RecordError::Migration { .. }))
            if migration.runs_in_transaction() =>
        {
            return digest(migration, &up, &Recording::default());
        }
        Err(error) => return Err(error.into()),
    };
    let again = shadow.record(migration, Direction::Up).await?;
    refuse_unstable(migration, &up, &again)?;
    digest(migration, &up, &down)
}

/// What looks at the database may well issue other statements the second time.
fn refuse_unstable(
    migration: &Migration,
    first: &Recording,
    second: &Recording,
) -> Result<(), ChecksumError> {
    let both = std::iter::zip(&first.statements, &second.statements);
    let mut until_read = both.take_while(|(first, _)| !first.gives_rows);
    match until_read.find(|(first, second)| first != second) {
        None => Ok(()),
        Some((first, second)) => Err(ChecksumError::Unstable {
            migration: migration.name.clone(),
            first: first.sql.clone(),
            second: second.sql.clone(),
        }),
    }
}

fn digest(
    migration: &Migration,
    up: &Recording,
    down: &Recording,
) -> Result<Checksum, ChecksumError> {
    let text = |recording: &Recording| {
        let texts = recording.statements.iter().map(|statement| statement.sql.as_str());
        texts.collect::<Vec<_>>().join(";\n")
    };
    let (up, down) = (text(up), text(down));
    let split = |text| {
        sql::statements(text)
            .map_err(|source| ChecksumError::Text { migration: migration.name.clone(), source })
    };
    let digest = of_statements(&split(&up)?, &split(&down)?);
    Ok(Checksum { migration: migration.name.clone(), digest })
}
