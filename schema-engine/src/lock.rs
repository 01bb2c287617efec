//! The migration lock: at most one runner works on a database at a time, over processes and hosts.
//!
//! It is two advisory locks. The first is on a connection of its own, polled for: a blocking wait
//! would deadlock with CREATE INDEX CONCURRENTLY, and a pooled connection would leak it. The second
//! is on the connection that works: the statement of a runner that was killed goes on after its
//! other connection is gone, and must be waited for. Takes locks, reads the server's statistics.

mod watch;

use std::time::{Duration, Instant};

use sea_orm::{
    DatabaseConnection,
    sqlx::{self, Connection, Decode, Executor, PgConnection, Postgres, Row, Type},
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
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

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
    /// Nothing was heard on the way to the server.
    #[error("the server did not answer for {} s when asked for the migration lock", CONNECT_TIMEOUT.as_secs())]
    Silent,
}

/// A connection of its own that asks for the first lock, and then holds it.
#[derive(Debug)]
pub(crate) struct Lock {
    connection: PgConnection,
    pid: i32,
    /// When the patience of this run ends.
    deadline: Instant,
    patience: Duration,
}

impl Lock {
    /// Connects, and takes nothing yet; `holder` is what others are told of us.
    pub(crate) async fn connect(
        url: &DatabaseUrl,
        holder: &str,
        patience: Duration,
    ) -> Result<Self, LockError> {
        let name = format!("{APPLICATION_NAME} {holder}");
        let options = url.options().clone().application_name(&name);
        let mut connection = answer(PgConnection::connect_with(&options)).await?;
        let pid = backend_pid(&mut connection).await?;
        Ok(Self { connection, pid, deadline: Instant::now() + patience, patience })
    }

    /// Refuses a way to the server that gives both connections to others in between: a lock that
    /// was taken on it would stay behind, out of our reach.
    pub(crate) async fn refuse_shared(
        &mut self,
        worker: &DatabaseConnection,
    ) -> Result<(), LockError> {
        self.distinct(worker).await.map(drop)
    }

    /// Takes the first lock; tells once for whom it waits.
    pub(crate) async fn take(
        mut self,
        tell: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Self, LockError> {
        let mut pause = FIRST_PAUSE;
        let mut told = Vec::new();
        while !try_lock(&mut self.connection, RUNNER).await? {
            let holders = answer(holders(&mut self.connection, RUNNER)).await?;
            if Instant::now() >= self.deadline {
                let _ = timeout(CONNECT_TIMEOUT, self.connection.close()).await;
                return Err(LockError::Held { holders, waited: self.patience });
            }
            if !holders.is_empty() && holders != told {
                tell(&format!("waiting for another runner: {}", backend::list(&holders)));
                told = holders;
            }
            pause = wait(pause, self.deadline).await;
        }
        keep_alive(&mut self.connection).await;
        Ok(self)
    }

    /// Makes sure that the lock is one, takes the second lock on `worker` and watches over both
    /// connections from now on.
    pub(crate) async fn guard(
        mut self,
        worker: &DatabaseConnection,
        tell: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Watch, LockError> {
        let worker_pid = self.prove(worker).await?;
        let worker = worker.get_postgres_connection_pool();
        let mut pause = FIRST_PAUSE;
        let mut told = Vec::new();
        while !try_lock(worker, WORKER).await? {
            let holders = answer(holders(&mut self.connection, WORKER)).await?;
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

    /// Proves that the lock is held: whoever shares our session would share it.
    async fn prove(&mut self, worker: &DatabaseConnection) -> Result<i32, LockError> {
        let worker_pid = self.distinct(worker).await?;
        let taken_twice = try_lock(worker.get_postgres_connection_pool(), RUNNER).await?;
        if taken_twice { Err(LockError::NotKept) } else { Ok(worker_pid) }
    }

    /// Makes sure that each connection is a session of its own and stays it.
    async fn distinct(&mut self, worker: &DatabaseConnection) -> Result<i32, LockError> {
        let worker = worker.get_postgres_connection_pool();
        let worker_pid = backend_pid(worker).await?;
        let again = backend_pid(&mut self.connection).await?;
        let worker_again = backend_pid(worker).await?;
        let is_kept = again == self.pid && worker_again == worker_pid && worker_pid != self.pid;
        if is_kept { Ok(worker_pid) } else { Err(LockError::NotKept) }
    }
}

async fn try_lock(
    db: impl Executor<'_, Database = Postgres>,
    lock: i32,
) -> Result<bool, LockError> {
    one(db, format!("SELECT pg_try_advisory_lock({CLASS}, {lock})")).await
}

async fn backend_pid(db: impl Executor<'_, Database = Postgres>) -> Result<i32, LockError> {
    one(db, "SELECT pg_backend_pid()".to_owned()).await
}

/// Asks without a prepared statement, which a pooler may lose: the lock is to find out.
async fn one<T>(db: impl Executor<'_, Database = Postgres>, sql: String) -> Result<T, LockError>
where
    T: for<'a> Decode<'a, Postgres> + Type<Postgres>,
{
    let row = answer(db.fetch_one(sqlx::raw_sql(sqlx::AssertSqlSafe(sql)))).await?;
    row.try_get(0).map_err(LockError::Server)
}

/// Waits for the server, but not for ever.
async fn answer<T>(question: impl Future<Output = sqlx::Result<T>>) -> Result<T, LockError> {
    let answer = timeout(CONNECT_TIMEOUT, question).await;
    answer.map_err(|_| LockError::Silent)?.map_err(LockError::Server)
}

/// The sessions that have one of the locks.
async fn holders(connection: &mut PgConnection, lock: i32) -> sqlx::Result<Vec<Backend>> {
    Backend::select(connection, &holders_of(lock)).await
}

/// The query for them.
pub(crate) fn holders_of(lock: i32) -> String {
    format!(
        "SELECT {} FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
          WHERE l.locktype = 'advisory' AND l.granted AND l.classid = {CLASS} AND l.objid = {lock}
            AND l.objsubid = 2
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          ORDER BY a.pid",
        backend::COLUMNS
    )
}

/// Lets the server notice soon that our machine is gone; what it does not know it may refuse.
async fn keep_alive(connection: &mut PgConnection) {
    let sql = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; \
               SET tcp_keepalives_count = 3";
    let _ = timeout(CONNECT_TIMEOUT, connection.execute(sqlx::raw_sql(sql))).await;
}

/// Waits a while and says how long to wait the next time.
async fn wait(pause: Duration, deadline: Instant) -> Duration {
    let left = deadline.saturating_duration_since(Instant::now());
    sleep(jittered(pause).min(left)).await;
    (pause * 2).min(LONGEST_PAUSE)
}
