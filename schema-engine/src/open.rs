//! Opens the databases of a run side by side and makes sure that each is the right one.
//!
//! Connects, and reads.

use std::time::Duration;

use futures_util::future::join_all;
use sea_orm::DbErr;
use tokio::time::timeout;

use crate::{
    connection::{ConnectError, Session},
    database::DATABASES,
    environment::Environment,
    guard::{self, GuardError, Identified},
    location::{self, Located, Location, Wishes},
    lock::{Lock, LockError, Lost, Watch},
    schema::Schema,
    server_error,
    state::{self, State},
};

/// How long another configured database may take to say who it is; it is not part of the run.
const NEIGHBOUR_TIMEOUT: Duration = Duration::from_secs(3);

/// Why a database could not be looked at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It could not be connected to.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// Another runner has it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The lock was lost as soon as it was taken.
    #[error("the database was given up before anything ran")]
    Lost(#[source] Lost),
    /// What stands between us and the server loses what a session knows.
    #[error(
        "cannot read what the database holds: a pooler in transaction mode stands between; give \
         the direct URL of the server"
    )]
    Pooled(#[source] DbErr),
    /// It answered with an error when asked about itself.
    #[error("cannot read what the database holds")]
    Look(#[source] DbErr),
}

impl OpenError {
    fn look(error: DbErr) -> Self {
        if server_error::is_of_pooler(&error) { Self::Pooled(error) } else { Self::Look(error) }
    }
}

/// A database of a run, open and looked at.
#[derive(Debug)]
pub struct Opened<'a> {
    /// Which one, and where.
    pub located: &'a Located,
    /// The schema that it is to hold.
    pub schema: &'a Schema,
    /// The session on it.
    pub session: Session,
    /// What it held when it was opened.
    pub state: State,
    /// What keeps other runners away; none before [`Self::lock`] and on an embedded PostgreSQL,
    /// whose folder belongs to one process.
    pub watch: Option<Watch>,
}

impl<'a> Opened<'a> {
    /// Opens one database and looks at it.
    ///
    /// # Errors
    ///
    /// [`OpenError`].
    pub async fn open(located: &'a Located, schema: &'a Schema) -> Result<Self, OpenError> {
        let session = Session::open(located).await?;
        match state::read(session.connection()).await {
            Ok(state) => Ok(Self { located, schema, session, state, watch: None }),
            Err(error) => {
                let _ = session.close().await;
                Err(OpenError::look(error))
            }
        }
    }

    /// Where the URL came from, or the folder.
    pub fn origin(&self) -> String {
        match &self.located.location {
            Location::Server { origin, .. } => origin.clone(),
            Location::Embedded { shown, .. } => shown.clone(),
        }
    }

    /// Looks again, after something was changed.
    ///
    /// # Errors
    ///
    /// [`OpenError::Look`] and [`OpenError::Pooled`].
    pub async fn refresh(&mut self) -> Result<(), OpenError> {
        self.state = state::read(self.session.connection()).await.map_err(OpenError::look)?;
        Ok(())
    }

    /// Keeps other runners away from the database, waiting for one that is there, and looks again:
    /// what was read before may be history.
    ///
    /// An embedded PostgreSQL needs no lock: it lets in one at a time. While this waits it holds one
    /// connection. `holder` is what others are told of us.
    ///
    /// # Errors
    ///
    /// [`OpenError::Lock`], and those of opening.
    pub async fn lock(
        &mut self,
        patience: Duration,
        holder: &str,
        tell: &mut (dyn FnMut(&str) + Send),
    ) -> Result<(), OpenError> {
        let Location::Server { url, .. } = &self.located.location else { return Ok(()) };
        if self.state.is_embedded {
            return Ok(());
        }
        let mut lock = Lock::connect(url, holder, patience).await?;
        lock.refuse_shared(self.session.connection()).await?;
        self.session.leave().await;
        let lock = lock.take(tell).await?;
        self.session = Session::open(self.located).await?;
        self.watch = Some(lock.guard(self.session.connection(), tell).await?);
        let prepare = async {
            self.session.notice_our_end().await;
            state::read(self.session.connection()).await
        };
        self.state = match self.watched(prepare).await {
            Ok(state) => state.map_err(OpenError::look)?,
            Err(lost) => return Err(OpenError::Lost(lost)),
        };
        Ok(())
    }

    /// Ends `work` at once where this run must not go on.
    ///
    /// # Errors
    ///
    /// [`Lost`]; then the work may be half done.
    pub async fn watched<T>(&self, work: impl Future<Output = T>) -> Result<T, Lost> {
        let Some(watch) = &self.watch else { return Ok(work.await) };
        tokio::select! {
            biased;
            result = work => Ok(result),
            lost = watch.lost() => Err(lost),
        }
    }

    /// Closes the session and lets other runners in.
    ///
    /// # Errors
    ///
    /// As [`Session::close`].
    pub async fn close(self) -> Result<(), ConnectError> {
        let closed = self.session.close().await;
        if let Some(watch) = self.watch {
            watch.release().await;
        }
        closed
    }

    fn identified(&self) -> Identified {
        Identified {
            database: self.located.database,
            origin: self.origin(),
            identity: self.state.identity.clone(),
            name: self.state.name.clone(),
        }
    }
}

/// Opens every database of a run, all at once; the answers are in the order of `run`.
pub async fn open_all<'a>(run: &'a [(Located, &'a Schema)]) -> Vec<Result<Opened<'a>, OpenError>> {
    join_all(run.iter().map(|(located, schema)| Opened::open(located, schema))).await
}

/// The databases that are configured beside those of the run and answer: a database of the run
/// must not be one of them.
pub async fn neighbours(run: &[(Located, &Schema)], environment: &Environment) -> Vec<Identified> {
    let is_in_run = |name: &str| run.iter().any(|(located, _)| located.database.name == name);
    let others = DATABASES.iter().filter(|database| !is_in_run(database.name));
    let looks = others.map(|database| async move {
        let wishes = Wishes::default();
        // What is configured badly is not part of this run and not this run's error.
        let located =
            location::locate(&[database], &wishes, environment, "".as_ref()).ok()?.pop()?;
        if located.is_server() {
            timeout(NEIGHBOUR_TIMEOUT, identify(located)).await.ok()?
        } else {
            None
        }
    });
    join_all(looks).await.into_iter().flatten().collect()
}

async fn identify(located: Located) -> Option<Identified> {
    let session = Session::open(&located).await.ok()?;
    let state = state::read(session.connection()).await;
    let _ = session.close().await;
    let state = state.ok()?;
    let Location::Server { origin, .. } = located.location else { return None };
    Some(Identified {
        database: located.database,
        origin,
        identity: state.identity,
        name: state.name,
    })
}

/// Refuses to write `subject` where it is the wrong database: another one of the tool, one that
/// holds another schema, or one that was never adopted.
///
/// # Errors
///
/// [`GuardError`], by what was found.
pub fn check_writable(
    subject: &Opened<'_>,
    run: &[&Opened<'_>],
    neighbours: &[Identified],
    schemas: &[Schema],
) -> Result<(), GuardError> {
    let identified = subject.identified();
    let rest: Vec<Identified> =
        run.iter().map(|opened| opened.identified()).chain(neighbours.iter().cloned()).collect();
    guard::distinct(&identified, &rest)?;
    let others: Vec<&Schema> =
        schemas.iter().filter(|schema| schema.name != subject.schema.name).collect();
    guard::writable(
        subject.located.database,
        &identified.origin,
        subject.schema,
        &others,
        &subject.state,
    )
}
