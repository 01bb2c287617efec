//! A migration outside a transaction: statement by statement, each noted as it stands, so that
//! whoever goes on knows where.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement as Query, TransactionTrait};
use sea_orm_migration::SchemaManager;
use tokio::time::sleep;

use super::{
    Limits, Progress, Site, Stop, execute, limits::RESET, note, transactional::pause_after,
};
use crate::{
    backend::Backend,
    journal::{self, Entry, Outcome},
    plan::Direction,
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
        Some(files) => {
            let text = match entry.direction {
                Direction::Up => files.up,
                Direction::Down => files.down,
            };
            work.statements(text, tell).await
        }
        None => work.body(migration).await,
    };
    let statements_done = work.statements_done;
    let result = match result {
        Ok(()) => site.guarded(complete(db, entry, run)).await,
        failed => failed,
    };
    let error = match result {
        Err(Stop::Failed { error, .. }) => error,
        ended => return ended,
    };
    let _ = site.guarded(journal::finish(db, run, Outcome::Failed, Some(error.to_string()))).await;
    Err(Stop::Halfway { error, statements_done })
}

/// Whether an earlier run of it may have left something behind.
async fn journal_has(db: &DatabaseConnection, entry: Entry<'_>) -> Result<bool, DbErr> {
    let sql = "SELECT FROM migration_journal WHERE migration = $1 LIMIT 1";
    let query =
        Query::from_sql_and_values(db.get_database_backend(), sql, [entry.migration.into()]);
    Ok(db.query_one_raw(query).await?.is_some())
}

async fn complete(db: &DatabaseConnection, entry: Entry<'_>, run: i64) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    note(&transaction, entry).await?;
    journal::finish(&transaction, run, Outcome::Done, None).await?;
    transaction.commit().await
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
        for statement in statements.iter().skip(self.statements_done) {
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
            db.execute_unprepared(RESET).await?;
            result
        };
        self.site.guarded(work).await
    }

    /// Runs a statement, again where it was in somebody's way.
    async fn statement(&mut self, statement: &Statement<'_>, tell: Tell<'_>) -> Result<(), Stop> {
        let mut attempt = 1;
        loop {
            let error = match self.once(statement, tell).await {
                Err(Stop::Failed { error, .. }) => error,
                ended => return ended,
            };
            if !server_error::is_in_the_way(&error) || attempt > self.limits.retries {
                return Err(Stop::failed(error));
            }
            let (pause, blockers) = (pause_after(attempt), self.site.blockers());
            let migration = self.entry.migration;
            let error = error.to_string();
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
        let mut told: Vec<Backend> = Vec::new();
        let mut run = std::pin::pin!(self.alone(statement));
        loop {
            let Some(watch) = self.site.watch else { return run.await.map_err(Stop::failed) };
            tokio::select! {
                biased;
                result = &mut run => return match result {
                    Err(error) if self.is_resumed && is_gone(statement, &error) => {
                        self.site.guarded(self.note()).await
                    }
                    result => result.map_err(Stop::failed),
                },
                lost = watch.lost() => return Err(Stop::Lost(lost)),
                blockers = watch.blocked(&told) => {
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
        db.execute_unprepared(RESET).await?;
        result?;
        self.note().await
    }

    async fn note(&self) -> Result<(), DbErr> {
        journal::advance(self.site.connection(), self.run, self.statements_done + 1).await
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

/// Whether a statement fails because what it drops is gone.
fn is_gone(statement: &Statement<'_>, error: &DbErr) -> bool {
    statement.begins_with(&["drop"])
        && server_error::sqlstate(error).as_deref() == Some(server_error::UNDEFINED_OBJECT)
}
