//! Mends what differs and writes the takeover down, in one transaction.
//!
//! Executes on the database of a session.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, TransactionTrait};
use tokio::time::sleep;

use super::{
    AdoptError, AdoptOptions, Difference, OnDifference,
    compare::{Comparison, Findings},
    group::Step,
};
use crate::{
    apply,
    backend::{self, Backend},
    catalog::{self, Options},
    journal::{self, Entry, Operator, Outcome},
    migrate,
    open::Opened,
    plan::Direction,
    schema::Migration,
    server_error,
};

/// A takeover that is decided.
pub(super) struct Takeover<'a> {
    pub(super) opened: &'a Opened<'a>,
    pub(super) operator: &'a Operator,
    pub(super) options: &'a AdoptOptions,
    /// What the database is held against.
    pub(super) comparison: &'a Comparison<'a>,
    /// The migrations that it has.
    pub(super) applied: &'a [String],
    /// How it differs.
    pub(super) findings: &'a Findings,
}

impl Takeover<'_> {
    /// Writes it; the whole of it again where it was in somebody's way.
    ///
    /// # Errors
    ///
    /// [`AdoptError::Mend`], [`AdoptError::NotMended`], [`AdoptError::Write`] and
    /// [`AdoptError::Lost`].
    pub(super) async fn write(&self, mut tell: impl FnMut(&str)) -> Result<(), AdoptError> {
        let first = Instant::now();
        let mut attempt = 1;
        loop {
            let Err(error) = self.guarded().await else { return Ok(()) };
            let Some(source) = error.said_by_server().filter(|it| server_error::is_in_the_way(it))
            else {
                return Err(error);
            };
            let watch = self.opened.watch.as_ref();
            let blockers = watch.map(|watch| watch.blockers(first)).unwrap_or_default();
            if attempt > self.options.patience.retries {
                return Err(error.with(blockers));
            }
            let pause = apply::pause_after(attempt);
            tell(&format!(
                "the takeover was in the way of others and was taken back ({source}); in its way \
                 was {}; again in {} ms",
                backend::list(&blockers),
                pause.as_millis()
            ));
            sleep(pause).await;
            attempt += 1;
        }
    }

    /// Ends at once where the run must not go on.
    async fn guarded(&self) -> Result<(), AdoptError> {
        let Some(watch) = &self.opened.watch else { return self.once().await };
        tokio::select! {
            biased;
            result = self.once() => result,
            lost = watch.lost() => Err(AdoptError::Lost(lost)),
        }
    }

    async fn once(&self) -> Result<(), AdoptError> {
        let transaction = self.opened.session.connection().begin().await.map_err(not_written)?;
        match self.work(&transaction).await {
            Ok(()) => transaction.commit().await.map_err(not_written),
            // The first error is the one to tell.
            failed => {
                let _ = transaction.rollback().await;
                failed
            }
        }
    }

    async fn work(&self, db: &DatabaseTransaction) -> Result<(), AdoptError> {
        let patience = self.options.patience;
        let limits = format!(
            "SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}",
            patience.lock_timeout.as_millis(),
            patience.statement_timeout.as_millis()
        );
        db.execute_unprepared(&limits).await.map_err(not_written)?;
        if self.options.on_difference == OnDifference::Mend {
            self.mend(db).await?;
        }
        self.note(db).await.map_err(not_written)
    }

    /// Mends every difference, and proves that none is left.
    async fn mend(&self, db: &DatabaseTransaction) -> Result<(), AdoptError> {
        for Step { sql, difference } in &self.findings.steps {
            db.execute_unprepared(sql).await.map_err(|source| AdoptError::Mend {
                difference: self.findings.differences[*difference].description.as_str().into(),
                sql: sql.as_str().into(),
                blockers: Vec::new(),
                source,
            })?;
        }
        let read = catalog::inspect(db, &Options::default()).await;
        let live = read.map_err(|source| AdoptError::Inspect { what: "the database", source })?;
        let left = self.comparison.with(live).differences;
        if left.is_empty() {
            return Ok(());
        }
        Err(AdoptError::NotMended { left: left.into_iter().map(|it| it.description).collect() })
    }

    async fn note(&self, db: &DatabaseTransaction) -> Result<(), DbErr> {
        let Opened { schema, state, .. } = self.opened;
        journal::create(db, schema, state).await?;
        let is_applied = |migration: &&Migration| self.applied.contains(&migration.name);
        let mut newest = schema.migrations.first();
        for migration in schema.migrations.iter().filter(is_applied) {
            journal::set_applied(db, &migration.name).await?;
            self.enter(db, migration, Outcome::Adopted, None).await?;
            newest = Some(migration);
        }
        if self.options.on_difference == OnDifference::Accept
            && let Some(newest) = newest
        {
            let differences = &self.findings.differences;
            for description in differences.iter().flat_map(Difference::descriptions) {
                let said = Some(description.to_owned());
                self.enter(db, newest, Outcome::Accepted, said).await?;
            }
        }
        migrate::site(self.opened, self.operator, self.options.patience).prove(db).await
    }

    async fn enter(
        &self,
        db: &DatabaseTransaction,
        migration: &Migration,
        outcome: Outcome,
        said: Option<String>,
    ) -> Result<(), DbErr> {
        let entry = Entry {
            migration: &migration.name,
            direction: Direction::Up,
            kind: migration.kind,
            // What ran was Alembic's, and nobody knows what that was.
            checksum: None,
        };
        journal::write(db, entry, self.operator, Duration::ZERO, outcome, said).await
    }
}

fn not_written(source: DbErr) -> AdoptError {
    AdoptError::Write { blockers: Vec::new(), source }
}

impl AdoptError {
    fn said_by_server(&self) -> Option<&DbErr> {
        match self {
            Self::Mend { source, .. } | Self::Write { source, .. } => Some(source),
            _ => None,
        }
    }

    /// The same, with whom it waited for.
    fn with(self, found: Vec<Backend>) -> Self {
        match self {
            Self::Mend { difference, sql, source, .. } => {
                Self::Mend { difference, sql, blockers: found, source }
            }
            Self::Write { source, .. } => Self::Write { blockers: found, source },
            other => other,
        }
    }
}
