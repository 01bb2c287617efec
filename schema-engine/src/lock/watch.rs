//! Watches over a run: that its lock holds, that its working session lives, and what that waits
//! for.
//!
//! Asks the server through the connection that holds the first lock.

use std::time::{Duration, Instant};

use sea_orm::sqlx::{self, Connection, Executor, PgConnection, Row};
use tokio::{
    sync::{oneshot, watch},
    task::JoinHandle,
    time::{sleep, timeout},
};

use super::{CLASS, RUNNER};
use crate::backend::{self, Backend};

/// How often the server is asked: whoever is in the way is to be seen within a short lock timeout.
const INTERVAL: Duration = Duration::from_millis(100);

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the working session may wait for our next statement while we wait for its answer: a
/// migration that computes has no reason to take longer between two statements.
const SILENCE: Duration = Duration::from_secs(30);

/// Why a run must stop at once and may not commit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Lost {
    /// The connection with the lock is gone, and the lock with it.
    #[error("the connection that holds the migration lock is gone: {reason}")]
    Lock {
        /// What was noticed.
        reason: String,
    },
    /// The server has no such session any more.
    #[error("the server has ended the session that runs the migration (pid {pid})")]
    Worker {
        /// Its process.
        pid: i32,
    },
    /// The server waits for us, and we for the server.
    #[error(
        "nothing was heard for {} s on the connection that runs the migration: the network \
         swallowed an answer", SILENCE.as_secs()
    )]
    Silence,
}

/// What is known of a run while it works.
#[derive(Debug, Clone, Default)]
struct Sight {
    lost: Option<Lost>,
    /// Whom the working session waited for last, and when it was seen to.
    blocked: Option<(Instant, Vec<Backend>)>,
}

impl Sight {
    fn blockers(&self, since: Instant) -> &[Backend] {
        match &self.blocked {
            Some((seen, blockers)) if *seen >= since => blockers,
            _ => &[],
        }
    }
}

/// The watch over a run; the lock is held as long as it lives.
#[derive(Debug)]
pub struct Watch {
    sight: watch::Receiver<Sight>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
    lock_pid: i32,
    worker_pid: i32,
}

impl Watch {
    pub(super) fn start(connection: PgConnection, lock_pid: i32, worker_pid: i32) -> Self {
        let (sender, sight) = watch::channel(Sight::default());
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(keep_watch(connection, worker_pid, sender, stopped));
        Self { sight, stop: Some(stop), task, lock_pid, worker_pid }
    }

    /// Ends when the run must stop.
    pub async fn lost(&self) -> Lost {
        let mut sight = self.sight.clone();
        match sight.wait_for(|sight| sight.lost.is_some()).await {
            Ok(sight) => sight.lost.clone().unwrap_or(Lost::Silence),
            Err(_) => Lost::Lock { reason: "nobody watches over it any more".to_owned() },
        }
    }

    /// Ends when the working session has waited since `since` for somebody else than `known`.
    pub async fn blocked(&self, since: Instant, known: &[Backend]) -> Vec<Backend> {
        let is_new = |sight: &Sight| {
            let blockers = sight.blockers(since);
            !blockers.is_empty() && blockers != known
        };
        let mut sight = self.sight.clone();
        match sight.wait_for(is_new).await {
            Ok(sight) => sight.blockers(since).to_owned(),
            Err(_) => std::future::pending().await,
        }
    }

    /// Whom the working session waited for last, since `since`.
    pub fn blockers(&self, since: Instant) -> Vec<Backend> {
        self.sight.borrow().blockers(since).to_owned()
    }

    /// SQL for the working session that gives true while it is the same and the lock is held.
    pub(crate) fn proof(&self) -> String {
        format!(
            "SELECT pg_backend_pid() = {} AND EXISTS (
                SELECT FROM pg_locks
                 WHERE locktype = 'advisory' AND granted AND classid = {CLASS}
                   AND objid = {RUNNER} AND objsubid = 2 AND pid = {}) AS value",
            self.worker_pid, self.lock_pid
        )
    }

    /// Gives the lock back.
    pub async fn release(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = timeout(PATIENCE, &mut self.task).await;
    }
}

async fn keep_watch(
    mut connection: PgConnection,
    worker_pid: i32,
    sender: watch::Sender<Sight>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut idle_since = None;
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            () = sleep(INTERVAL) => {}
        }
        let look = match timeout(PATIENCE, look(&mut connection, worker_pid)).await {
            Ok(Ok(look)) => look,
            Ok(Err(error)) => return lose(&sender, Lost::Lock { reason: error.to_string() }),
            Err(_) => {
                let reason = format!("it has not answered for {} s", PATIENCE.as_secs());
                return lose(&sender, Lost::Lock { reason });
            }
        };
        match look.state.as_deref() {
            None => return lose(&sender, Lost::Worker { pid: worker_pid }),
            // A server that keeps no account of its sessions says nothing of idleness.
            Some(state) if !state.starts_with("idle") => idle_since = None,
            Some(_) => {
                // The same wait as the last time we looked, or a new one.
                let start = match idle_since {
                    Some((change, start)) if change == look.state_change => start,
                    _ => Instant::now(),
                };
                idle_since = Some((look.state_change, start));
                if start.elapsed() > SILENCE {
                    return lose(&sender, Lost::Silence);
                }
            }
        }
        if !look.blockers.is_empty() {
            sender.send_modify(|sight| sight.blocked = Some((Instant::now(), look.blockers)));
        }
    }
    let _ = connection.close().await;
}

fn lose(sender: &watch::Sender<Sight>, lost: Lost) {
    sender.send_modify(|sight| sight.lost = Some(lost));
}

/// What the server says of the working session.
struct Look {
    /// `active` while it runs a statement; none where there is no such session.
    state: Option<String>,
    /// When that began.
    state_change: Option<String>,
    blockers: Vec<Backend>,
}

async fn look(connection: &mut PgConnection, worker_pid: i32) -> sqlx::Result<Look> {
    let sql = format!(
        "SELECT coalesce(state, 'active') AS state, state_change::text AS state_change,
                wait_event_type IS NOT DISTINCT FROM 'Lock' AS is_blocked
           FROM pg_stat_activity WHERE pid = {worker_pid}"
    );
    let row = connection.fetch_optional(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await?;
    let Some(row) = row else {
        return Ok(Look { state: None, state_change: None, blockers: Vec::new() });
    };
    // To ask for whom holds up every lock of the server for a moment.
    let blockers = if row.try_get("is_blocked")? {
        let sql = format!(
            "SELECT {} FROM pg_stat_activity a
              WHERE a.pid = ANY (pg_blocking_pids({worker_pid})) ORDER BY a.pid",
            backend::COLUMNS
        );
        Backend::select(connection, &sql).await?
    } else {
        Vec::new()
    };
    Ok(Look { state: row.try_get("state")?, state_change: row.try_get("state_change")?, blockers })
}
