//! The migration lock: at most one runner works on a database at a time, over processes and hosts.
//!
//! It is two advisory locks. The first is on a connection of its own, polled for: a blocking wait
//! would deadlock with CREATE INDEX CONCURRENTLY, and a pooled connection would leak it. The second
//! is on the connection that works: the statement of a runner that was killed goes on after its
//! other connection is gone, and must be waited for. Takes locks, reads the server's statistics.

mod watch;

use std::time::{Duration, Instant};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, Statement,
    sqlx::{self, Connection, Executor, PgConnection, Row},
};
use tokio::time::{sleep, timeout};

pub use self::watch::{Lost, Watch};
use crate::{
    backend::{self, Backend},
    connection::{APPLICATION_NAME, CONNECT_TIMEOUT},
    jitter::jittered,
    url::DatabaseUrl,
};

/// How long a runner waits for another one, unless it is told otherwise.
pub const DEFAULT_WAIT: Duration = Duration::from_mins(1);

/// The first number of both locks: nothing else on the database should use it.
pub const CLASS: i32 = 0x5259_4e44;
/// The lock of the runner.
pub const RUNNER: i32 = 1;
/// The lock of the connection that works.
pub const WORKER: i32 = 2;

/// How long a runner waits at first before it asks again.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// How long it waits at most: whoever waits is to go on within a second or two.
const LONGEST_PAUSE: Duration = Duration::from_millis(800);

/// Why the migration lock was not taken; nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Another runner works on the database.
    #[error(
        "another runner holds the migration lock: {}; waited {} s (`--lock-wait` is how long)",
        backend::list(holders), waited.as_secs()
    )]
    Held {
        /// Who.
        holders: Vec<Backend>,
        /// How long we waited.
        waited: Duration,
    },
    /// A statement of a runner that is gone goes on.
    #[error(
        "a statement of a runner that is gone still runs: {}; waited {} s \
         (`--lock-wait` is how long)",
        backend::list(holders), waited.as_secs()
    )]
    Outlived {
        /// The session of the statement.
        holders: Vec<Backend>,
        /// How long we waited.
        waited: Duration,
    },
    /// What stands between us and the server gives our connection to others.
    #[error(
        "an advisory lock does not hold on this connection: a pooler in transaction mode or \
         another product stands between; give the direct URL of the server"
    )]
    NotKept,
    /// The server did not answer.
    #[error("cannot ask the server for the migration lock")]
    Server(#[source] sqlx::Error),
    /// The server did not answer on the connection that works.
    #[error("cannot ask the server for the migration lock")]
    Worker(#[source] DbErr),
    /// Nothing was heard on the way to the server.
    #[error("the server did not answer for {} s when asked for the migration lock", CONNECT_TIMEOUT.as_secs())]
    Silent,
}

/// The first lock, held by a connection of its own.
#[derive(Debug)]
pub(crate) struct Lock {
    connection: PgConnection,
    pid: i32,
    /// What is left of the patience of this run.
    deadline: Instant,
    patience: Duration,
}

impl Lock {
    /// Takes the first lock; tells once for whom it waits.
    pub(crate) async fn take(
        url: &DatabaseUrl,
        holder: &str,
        patience: Duration,
        tell: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Self, LockError> {
        let options =
            url.options().clone().application_name(&format!("{APPLICATION_NAME} {holder}"));
        let mut connection = timeout(CONNECT_TIMEOUT, PgConnection::connect_with(&options))
            .await
            .map_err(|_| LockError::Silent)?
            .map_err(LockError::Server)?;
        let deadline = Instant::now() + patience;
        let mut pause = FIRST_PAUSE;
        let mut told = Vec::new();
        while !try_lock(&mut connection).await.map_err(LockError::Server)? {
            let holders = holders(&mut connection, RUNNER).await.map_err(LockError::Server)?;
            if Instant::now() >= deadline {
                let _ = connection.close().await;
                return Err(LockError::Held { holders, waited: patience });
            }
            if !holders.is_empty() && holders != told {
                tell(&format!("waiting for another runner: {}", backend::list(&holders)));
                told = holders;
            }
            pause = wait(pause, deadline).await;
        }
        let pid = backend_pid(&mut connection).await.map_err(LockError::Server)?;
        keep_alive(&mut connection).await;
        Ok(Self { connection, pid, deadline, patience })
    }

    /// Makes sure that the lock is one, takes the second lock on `worker` and watches over both
    /// connections from now on.
    pub(crate) async fn guard(
        mut self,
        worker: &DatabaseConnection,
        tell: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Watch, LockError> {
        let worker_pid = self.prove(worker).await?;
        let mut pause = FIRST_PAUSE;
        let mut told = Vec::new();
        while !try_lock_worker(worker, WORKER).await.map_err(LockError::Worker)? {
            let holders = holders(&mut self.connection, WORKER).await.map_err(LockError::Server)?;
            if Instant::now() >= self.deadline {
                return Err(LockError::Outlived { holders, waited: self.patience });
            }
            if !holders.is_empty() && holders != told {
                let names = backend::list(&holders);
                tell(&format!("waiting for a statement of a runner that is gone: {names}"));
                told = holders;
            }
            pause = wait(pause, self.deadline).await;
        }
        Ok(Watch::start(self.connection, self.pid, worker_pid))
    }

    /// Proves that each connection is a session of its own: whoever shares one with us would
    /// share the lock.
    async fn prove(&mut self, worker: &DatabaseConnection) -> Result<i32, LockError> {
        let worker_pid = worker_pid(worker).await.map_err(LockError::Worker)?;
        let taken_twice = try_lock_worker(worker, RUNNER).await.map_err(LockError::Worker)?;
        let again = backend_pid(&mut self.connection).await.map_err(LockError::Server)?;
        let worker_again = self::worker_pid(worker).await.map_err(LockError::Worker)?;
        let is_kept = again == self.pid && worker_again == worker_pid && worker_pid != self.pid;
        if is_kept && !taken_twice { Ok(worker_pid) } else { Err(LockError::NotKept) }
    }
}

async fn try_lock(connection: &mut PgConnection) -> sqlx::Result<bool> {
    // Without prepared statements, which a pooler may lose: that is for the proof to find out.
    let sql = format!("SELECT pg_try_advisory_lock({CLASS}, {RUNNER})");
    connection.fetch_one(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await?.try_get(0)
}

async fn backend_pid(connection: &mut PgConnection) -> sqlx::Result<i32> {
    connection.fetch_one(sqlx::raw_sql("SELECT pg_backend_pid()")).await?.try_get(0)
}

async fn try_lock_worker(worker: &DatabaseConnection, lock: i32) -> Result<bool, DbErr> {
    one(worker, &format!("SELECT pg_try_advisory_lock({CLASS}, {lock}) AS value")).await
}

async fn worker_pid(worker: &DatabaseConnection) -> Result<i32, DbErr> {
    one(worker, "SELECT pg_backend_pid() AS value").await
}

async fn one<T: sea_orm::TryGetable>(db: &DatabaseConnection, sql: &str) -> Result<T, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("no row".to_owned()))?.try_get("", "value")
}

/// The sessions that have one of the locks.
async fn holders(connection: &mut PgConnection, lock: i32) -> sqlx::Result<Vec<Backend>> {
    let sql = format!(
        "SELECT {} FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
          WHERE l.locktype = 'advisory' AND l.granted AND l.classid = {CLASS} AND l.objid = {lock}
            AND l.objsubid = 2
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          ORDER BY a.pid",
        backend::COLUMNS
    );
    Backend::select(connection, &sql).await
}

/// Lets the server notice soon that our machine is gone; what it does not know it may refuse.
async fn keep_alive(connection: &mut PgConnection) {
    let sql = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; \
               SET tcp_keepalives_count = 3";
    let _ = connection.execute(sqlx::raw_sql(sql)).await;
}

/// Waits a while and says how long to wait the next time.
async fn wait(pause: Duration, deadline: Instant) -> Duration {
    let left = deadline.saturating_duration_since(Instant::now());
    sleep(jittered(pause).min(left)).await;
    (pause * 2).min(LONGEST_PAUSE)
}
