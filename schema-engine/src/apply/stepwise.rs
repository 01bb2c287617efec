//! A migration outside a transaction: statement by statement, each noted as it stands, so that
//! whoever goes on knows where.

use std::time::Instant;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement as Query, TransactionTrait};
use sea_orm_migration::SchemaManager;
use tokio::time::{sleep, timeout};

use super::{
    Limits, Progress, Site, Stop, execute,
    limits::{NOTE_TIMEOUT, RESET},
    note,
    transactional::pause_after,
};
use crate::{
    backend::{self, Backend},
    journal::{self, Entry, Outcome},
    schema::Migration,
    server_error,
    sql::{self, Statement},
};

/// Runs a migration from its statement `statements_done` on.
pub(super) async fn run(
    site: Site<'_>,
    migration: &Migration,
    entry: Entry<'_>,
    limits: Limits,
    statements_done: usize,
    tell: Tell<'_>,
) -> Result<(), Stop> {
    let db = site.connection();
    let is_resumed = statements_done > 0 || journal_has(db, entry).await.map_err(Stop::failed)?;
    let begun = journal::begin(db, entry, site.operator, statements_done);
    let run = site.guarded(begun).await?;
    let mut work = Work { site, entry, limits, run, statements_done, is_resumed };
    let result = match migration.sql {
        Some(files) => work.statements(entry.direction.text_of(files), tell).await,
        None => work.body(migration).await,
    };
    let statements_done = work.statements_done;
    let result = match result {
        Ok(()) => site.guarded(work.complete()).await,
        failed => failed,
    };
    let (error, blockers) = match result {
        Err(Stop::Failed { error, blockers }) => (error, blockers),
        ended => return ended,
    };
    // The database may be gone; what matters is the first error.
    let row = journal::finish(db, run, Outcome::Failed, Some(said(&error, &blockers)));
    let _ = timeout(NOTE_TIMEOUT, row).await;
    Err(Stop::Halfway { error, blockers, statements_done })
}

/// What was said, and who was in the way where somebody was.
fn said(error: &DbErr, blockers: &[Backend]) -> String {
    if blockers.is_empty() {
        return error.to_string();
    }
    format!("{error}; in the way was {}", backend::list(blockers))
}

/// Whether an earlier run of it may have left something behind.
async fn journal_has(db: &DatabaseConnection, entry: Entry<'_>) -> Result<bool, DbErr> {
    let sql = "SELECT FROM migration_journal WHERE migration = $1 LIMIT 1";
    let query =
        Query::from_sql_and_values(db.get_database_backend(), sql, [entry.migration.into()]);
    Ok(db.query_one_raw(query).await?.is_some())
}

struct Work<'a> {
    site: Site<'a>,
    entry: Entry<'a>,
    limits: Limits,
    run: i64,
    statements_done: usize,
    /// What comes next may stand already: its runner died before it could note it.
    is_resumed: bool,
}

type Tell<'a> = &'a mut dyn FnMut(Progress<'_>);

impl Work<'_> {
    async fn statements(&mut self, text: &str, tell: Tell<'_>) -> Result<(), Stop> {
        let statements = sql::statements(text)
            .map_err(|error| Stop::failed(DbErr::Migration(error.to_string())))?;
        let (stand, rest) = statements.split_at(self.statements_done.min(statements.len()));
        let db = self.site.connection();
        for setting in stand.iter().filter(|statement| is_setting(statement)) {
            // It went with the session of its runner.
            self.site.guarded(db.execute_unprepared(setting.text)).await?;
        }
        for statement in rest {
            self.statement(statement, tell).await?;
            self.statements_done += 1;
            self.is_resumed = false;
        }
        Ok(())
    }

    /// The body of a Rust migration, whose statements nobody can go on between.
    async fn body(&mut self, migration: &Migration) -> Result<(), Stop> {
        let db = self.site.connection();
        let work = async {
            db.execute_unprepared(&self.limits.for_session()).await?;
            self.site.prove(db).await?;
            let result = execute(&SchemaManager::new(db), migration, self.entry.direction).await;
            let reset = db.execute_unprepared(RESET).await;
            // The first error is the one to tell.
            result.and(reset.map(drop))
        };
        self.site.guarded(work).await
    }

    /// Runs a statement, again where it was in somebody's way.
    async fn statement(&mut self, statement: &Statement<'_>, tell: Tell<'_>) -> Result<(), Stop> {
        let mut attempt = 1;
        let first = Instant::now();
        loop {
            let start = Instant::now();
            let error = match self.once(statement, tell).await {
                Err(Stop::Failed { error, .. }) => error,
                ended => return ended,
            };
            if !server_error::is_in_the_way(&error) {
                return Err(Stop::failed(error));
            }
            let blockers = self.site.blockers(first);
            if attempt > self.limits.retries {
                return Err(Stop::Failed { error, blockers });
            }
            let said = said(&error, &blockers);
            self.site.note_end(self.entry, start.elapsed(), Outcome::Retried, said).await;
            let pause = pause_after(attempt);
            let (migration, error) = (self.entry.migration, error.to_string());
            tell(Progress::Retry { migration, error, blockers, pause });
            sleep(pause).await;
            // An index that it began to build is there, and is none.
            self.is_resumed = true;
            attempt += 1;
        }
    }

    async fn once(&self, statement: &Statement<'_>, tell: Tell<'_>) -> Result<(), Stop> {
        if !statement.is_concurrently() {
            let together = self.with_its_note(statement);
            match self.site.guarded(together).await {
                Err(Stop::Failed { error, .. })
                    if server_error::sqlstate(&error).as_deref()
                        == Some(server_error::ACTIVE_SQL_TRANSACTION) => {}
                ended => return ended,
            }
        }
        if self.is_resumed && self.site.guarded(self.stands(statement)).await? {
            return self.site.guarded(self.note()).await;
        }
        match self.waiting(statement, tell).await {
            Err(Stop::Failed { error, .. }) if self.is_resumed && is_gone(statement, &error) => {
                self.site.guarded(self.note()).await
            }
            ended => ended,
        }
    }

    /// Runs a statement that no transaction can hold, and tells for whom it waits.
    async fn waiting(&self, statement: &Statement<'_>, tell: Tell<'_>) -> Result<(), Stop> {
        let start = Instant::now();
        let mut told: Vec<Backend> = Vec::new();
        let mut run = std::pin::pin!(self.site.guarded(self.alone(statement)));
        let Some(watch) = self.site.watch else { return run.await };
        loop {
            tokio::select! {
                biased;
                result = &mut run => return result,
                blockers = watch.blocked(start, &told) => {
                    told.clone_from(&blockers);
                    let migration = self.entry.migration;
                    tell(Progress::Waiting { migration, blockers });
                }
            }
        }
    }

    /// In one transaction with the note that it stands: whoever comes after a crash can rely on
    /// that.
    async fn with_its_note(&self, statement: &Statement<'_>) -> Result<(), DbErr> {
        let transaction = self.site.connection().begin().await?;
        let work = async {
            transaction.execute_unprepared(&self.limits.for_transaction()).await?;
            transaction.execute_unprepared(statement.text).await?;
            journal::advance(&transaction, self.run, self.statements_done + 1).await?;
            self.site.prove(&transaction).await
        };
        match work.await {
            Ok(()) => transaction.commit().await,
            failed => {
                let _ = transaction.rollback().await;
                failed
            }
        }
    }

    /// What no transaction can hold.
    async fn alone(&self, statement: &Statement<'_>) -> Result<(), DbErr> {
        let db = self.site.connection();
        let limits =
            if statement.is_concurrently() { self.limits.waiting_for_ever() } else { self.limits };
        db.execute_unprepared(&limits.for_session()).await?;
        self.site.prove(db).await?;
        let result = db.execute_unprepared(statement.text).await;
        let reset = db.execute_unprepared(RESET).await;
        // The first error is the one to tell.
        result.and(reset)?;
        self.note().await
    }

    async fn note(&self) -> Result<(), DbErr> {
        journal::advance(self.site.connection(), self.run, self.statements_done + 1).await
    }

    async fn complete(&self) -> Result<(), DbErr> {
        let transaction = self.site.connection().begin().await?;
        note(&transaction, self.entry).await?;
        journal::finish(&transaction, self.run, Outcome::Done, None).await?;
        self.site.prove(&transaction).await?;
        transaction.commit().await
    }

    /// Whether the index stands that the statement builds; drops one that is invalid.
    async fn stands(&self, statement: &Statement<'_>) -> Result<bool, DbErr> {
        let Some(name) = statement.index_name().filter(|_| statement.is_concurrently()) else {
            return Ok(false);
        };
        let db = self.site.connection();
        let Some(index) = index(db, &name).await? else { return Ok(false) };
        if !index.is_valid {
            db.execute_unprepared(&format!("DROP INDEX CONCURRENTLY {}", index.name)).await?;
        }
        Ok(index.is_valid)
    }
}

/// An index that stands in a database.
pub(crate) struct Index {
    /// Its name, quoted.
    pub(crate) name: String,
    /// Whether queries may use it.
    pub(crate) is_valid: bool,
}

/// Finds an index that unqualified names find.
pub(crate) async fn index(db: &DatabaseConnection, name: &str) -> Result<Option<Index>, DbErr> {
    let sql = "SELECT indexrelid::regclass::text AS name, indisvalid
                 FROM pg_index WHERE indexrelid = to_regclass(quote_ident($1))";
    let query = Query::from_sql_and_values(db.get_database_backend(), sql, [name.into()]);
    let row = db.query_one_raw(query).await?;
    row.map(|row| {
        Ok(Index { name: row.try_get("", "name")?, is_valid: row.try_get("", "indisvalid")? })
    })
    .transpose()
}

/// Whether a statement changes how the session takes those behind it.
fn is_setting(statement: &Statement<'_>) -> bool {
    let is_of_transaction = [["set", "local"], ["set", "transaction"], ["set", "constraints"]]
        .iter()
        .any(|words| statement.begins_with(words));
    !is_of_transaction && (statement.begins_with(&["set"]) || statement.begins_with(&["reset"]))
}

/// Whether a statement fails because what it drops is gone.
fn is_gone(statement: &Statement<'_>, error: &DbErr) -> bool {
    statement.begins_with(&["drop"])
        && server_error::sqlstate(error).as_deref() == Some(server_error::UNDEFINED_OBJECT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: bool) {
        let statements = sql::statements(sql).expect("SQL");
        let found: Vec<bool> = statements.iter().map(is_setting).collect();
        assert_eq!(found, [expected], "{sql}");
    }

    #[test]
    fn a_setting_outlives_its_transaction() {
        for sql in ["SET search_path = a, b", "set session statement_timeout = 0", "RESET ALL"] {
            check(sql, true);
        }
        for sql in [
            "SET LOCAL search_path = a",
            "SET TRANSACTION READ ONLY",
            "SET CONSTRAINTS ALL DEFERRED",
            "UPDATE a SET b = 1",
        ] {
            check(sql, false);
        }
    }
}
