//! A migration in one transaction with its rows in the journal and the history: all of it stands,
//! or nothing.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DbErr, TransactionTrait};
use sea_orm_migration::SchemaManager;
use tokio::time::sleep;

use super::{Limits, Progress, Site, Stop, execute, note};
use crate::{
    backend,
    jitter::jittered,
    journal::{self, Entry, Outcome},
    schema::Migration,
    server_error,
};

/// How long to leave the others alone before the first try again; then twice as long, and so on.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How long to wait before the try after the `attempt`th.
pub(crate) fn pause_after(attempt: u32) -> Duration {
    jittered((FIRST_PAUSE * 2_u32.saturating_pow(attempt.min(16) - 1)).min(LONGEST_PAUSE))
}

/// Runs a migration; the whole of it again where it was in somebody's way.
pub(super) async fn run(
    site: Site<'_>,
    migration: &Migration,
    entry: Entry<'_>,
    limits: Limits,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<(), Stop> {
    let mut attempt = 1;
    let first = Instant::now();
    loop {
        let start = Instant::now();
        let error = match site.guarded(once(site, migration, entry, limits, start)).await {
            Err(Stop::Failed { error, .. }) => error,
            ended => return ended,
        };
        let is_in_the_way = server_error::is_in_the_way(&error);
        let blockers = if is_in_the_way { site.blockers(first) } else { Vec::new() };
        let outcome = if is_in_the_way && attempt <= limits.retries {
            Outcome::Retried
        } else {
            Outcome::Failed
        };
        let mut said = error.to_string();
        if is_in_the_way {
            said = format!("{said}; in the way was {}", backend::list(&blockers));
        }
        site.note_end(entry, start.elapsed(), outcome, said).await;
        if outcome == Outcome::Failed {
            return Err(Stop::Failed { error, blockers });
        }
        let pause = pause_after(attempt);
        let (migration, error) = (entry.migration, error.to_string());
        tell(Progress::Retry { migration, error, blockers, pause });
        sleep(pause).await;
        attempt += 1;
    }
}

async fn once(
    site: Site<'_>,
    migration: &Migration,
    entry: Entry<'_>,
    limits: Limits,
    start: Instant,
) -> Result<(), DbErr> {
    let transaction = site.connection().begin().await?;
    let work = async {
        transaction.execute_unprepared(&limits.for_transaction()).await?;
        execute(&SchemaManager::new(&transaction), migration, entry.direction).await?;
        note(&transaction, entry).await?;
        journal::write(&transaction, entry, site.operator, start.elapsed(), Outcome::Done, None)
            .await?;
        site.prove(&transaction).await
    };
    match work.await {
        Ok(()) => transaction.commit().await,
        // The first error is the one to tell.
        failed => {
            let _ = transaction.rollback().await;
            failed
        }
    }
}
