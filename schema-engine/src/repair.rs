//! `repair`: what a run outside a transaction left half done: what stands of it, and how it ends.
//!
//! Reads the journal and the catalog; finishes or marks where it is told to.

use sea_orm::{ConnectionTrait, DbErr, Statement, TransactionTrait};
use serde::Serialize;

use crate::{
    apply::{self, ApplyError, Done, Patience, Progress},
    journal::{self, Entry, Operator, Outcome, Run},
    migrate,
    open::Opened,
    plan::Direction,
    schema::Migration,
    sql,
};

/// Why something half done stays so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RepairError {
    /// The journal or the catalog could not be read, or a mark not be written.
    #[error("cannot read or mark what is half done")]
    Server(#[source] DbErr),
    /// This build cannot go on with it.
    #[error("this build has no migration `{migration}`; use one that has it, or mark it")]
    Unknown {
        /// The migration's name.
        migration: String,
    },
    /// It failed again.
    #[error(transparent)]
    Apply(#[from] Box<ApplyError>),
}

/// A migration that a run left half done.
#[derive(Debug, Clone, Serialize)]
pub struct Incomplete {
    /// The migration's name.
    pub migration: String,
    /// `up` or `down`.
    pub direction: String,
    /// How many of its statements stand.
    pub statements_done: i32,
    /// How many it has; none where this build does not know it, or it is written in Rust.
    pub statements: Option<usize>,
    /// The first line of the statement to go on with.
    pub next: Option<String>,
    /// The indexes of the database that no query may use: one that its statement began to build
    /// is built again.
    pub invalid_indexes: Vec<String>,
    /// What the server said; none where the runner died.
    pub error: Option<String>,
    /// Who ran it, and where.
    pub by: String,
}

/// How something half done is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It counts as applied.
    Applied,
    /// It counts as not applied.
    NotApplied,
}

/// Looks at what is half done; at most one migration a run, so hardly ever several.
///
/// # Errors
///
/// [`RepairError::Server`].
pub async fn look(opened: &Opened<'_>) -> Result<Vec<Incomplete>, RepairError> {
    let runs = runs(opened).await?;
    let half_done = journal::incomplete(&runs);
    if half_done.is_empty() {
        return Ok(Vec::new());
    }
    let invalid =
        invalid_indexes(opened.session.connection()).await.map_err(RepairError::Server)?;
    let describe = |run: &&Run| {
        let (statements, next) = rest(opened.schema.find(&run.migration), run);
        Incomplete {
            migration: run.migration.clone(),
            direction: run.direction.clone(),
            statements_done: run.statements_done.unwrap_or_default(),
            statements,
            next,
            invalid_indexes: invalid.clone(),
            error: run.error.clone(),
            by: format!("{} on {}", run.actor, run.host),
        }
    };
    Ok(half_done.iter().map(describe).collect())
}

/// Goes on behind the last statement that stands; a Rust migration runs again from its beginning.
///
/// # Errors
///
/// [`RepairError`]; what was done stands.
pub async fn finish(
    opened: &Opened<'_>,
    operator: &Operator,
    patience: Patience,
    mut tell: impl FnMut(Progress<'_>),
) -> Result<Vec<Done>, RepairError> {
    let runs = runs(opened).await?;
    let site = migrate::site(opened, operator, patience);
    let mut done = Vec::new();
    for run in journal::incomplete(&runs) {
        let Some(migration) = opened.schema.find(&run.migration) else {
            return Err(RepairError::Unknown { migration: run.migration.clone() });
        };
        let stand = usize::try_from(run.statements_done.unwrap_or_default()).unwrap_or_default();
        done.push(apply::resume(site, migration, direction(run), stand, &mut tell).await?);
    }
    Ok(done)
}

/// Takes the word of whoever looked at the database, and notes that it was so.
///
/// # Errors
///
/// [`RepairError::Server`]; then nothing was noted.
pub async fn mark(
    opened: &Opened<'_>,
    operator: &Operator,
    mark: Mark,
) -> Result<Vec<String>, RepairError> {
    let runs = runs(opened).await?;
    let mut marked = Vec::new();
    for run in journal::incomplete(&runs) {
        note(opened, operator, run, mark).await.map_err(RepairError::Server)?;
        marked.push(run.migration.clone());
    }
    Ok(marked)
}

async fn note(
    opened: &Opened<'_>,
    operator: &Operator,
    run: &Run,
    mark: Mark,
) -> Result<(), DbErr> {
    let migration = opened.schema.find(&run.migration);
    let direction = direction(run);
    let entry = Entry {
        migration: &run.migration,
        direction,
        kind: migration.map_or(crate::schema::Kind::Sql, |known| known.kind),
        checksum: run.checksum.as_deref(),
    };
    let is_what_it_wanted = (direction == Direction::Up) == (mark == Mark::Applied);
    let outcome = if is_what_it_wanted { Outcome::MarkedDone } else { Outcome::MarkedUndone };
    let transaction = opened.session.connection().begin().await?;
    let is_applied = opened.state.applied().contains(&run.migration);
    match mark {
        Mark::Applied if !is_applied => {
            journal::set_applied(&transaction, &run.migration).await?;
        }
        Mark::NotApplied if is_applied => {
            journal::set_reverted(&transaction, &run.migration).await?;
        }
        Mark::Applied | Mark::NotApplied => {}
    }
    let time = std::time::Duration::ZERO;
    journal::write(&transaction, entry, operator, time, outcome, None).await?;
    transaction.commit().await
}

async fn runs(opened: &Opened<'_>) -> Result<Vec<Run>, RepairError> {
    journal::runs(opened.session.connection(), &opened.state).await.map_err(RepairError::Server)
}

fn direction(run: &Run) -> Direction {
    if run.direction == Direction::Down.word() { Direction::Down } else { Direction::Up }
}

/// How many statements a run has, and how the next one begins.
fn rest(migration: Option<&Migration>, run: &Run) -> (Option<usize>, Option<String>) {
    let Some(files) = migration.and_then(|migration| migration.sql) else { return (None, None) };
    let Ok(statements) = sql::statements(direction(run).text_of(files)) else {
        return (None, None);
    };
    let stand = usize::try_from(run.statements_done.unwrap_or_default()).unwrap_or_default();
    let next = statements.get(stand).and_then(|statement| statement.text.lines().next());
    (Some(statements.len()), next.map(str::to_owned))
}

/// The invalid indexes of the database, by their qualified names.
pub(crate) async fn invalid_indexes(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT format('%I.%I', n.nspname, c.relname)
                 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                 JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname NOT LIKE 'pg\\_%'
                ORDER BY 1";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
