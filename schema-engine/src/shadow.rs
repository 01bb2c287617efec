//! A throw-away database that migrations are replayed in: embedded in memory, or a new one on a
//! server, dropped afterwards.
//!
//! Starts, creates, executes and drops; reads nobody's files, because its session says that it is a
//! shadow.

mod scratch;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, sqlx::postgres::PgConnectOptions};

use self::scratch::Scratch;
#[cfg(feature = "embedded")]
use crate::embedded::{self, Embedded, EmbeddedError, Storage};
use crate::{
    apply::{self, Role},
    connection::{self, CONNECT_TIMEOUT, ConnectError, Session},
    journal,
    plan::Direction,
    record::{RecordError, Recorder, Recording},
    schema::{Migration, Schema},
    state,
    url::DatabaseUrl,
};

pub use crate::record::Failed;

/// Where a shadow is made.
#[derive(Debug, Clone)]
pub enum Place {
    /// In the memory of this process.
    #[cfg(feature = "embedded")]
    Memory,
    /// On the server of this URL, by a role that may create databases.
    Server(DatabaseUrl),
}

/// Why a shadow could not be made, or what went wrong in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShadowError {
    /// The embedded PostgreSQL did not start or stop.
    #[cfg(feature = "embedded")]
    #[error("no shadow could be started in memory")]
    Embedded(#[from] EmbeddedError),
    /// The server could not be connected to.
    #[error("no shadow could be made on the server of `--shadow-url`")]
    Connect(#[source] Box<ConnectError>),
    /// The server did not create the database.
    #[error("no shadow could be made: `{command}` failed")]
    Create {
        /// The SQL.
        command: String,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// The database is still there.
    #[error("the shadow `{name}` could not be dropped")]
    Drop {
        /// Its name.
        name: String,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// A migration failed in it, or could not be recorded.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// A shadow; [`Shadow::close`] removes it and says what went wrong in that, dropping it removes it
/// silently.
#[derive(Debug)]
pub struct Shadow {
    session: Session,
    /// None where what passes is encrypted.
    recorder: Option<Recorder>,
    // Dropped after the session, which is on it.
    scratch: Option<Scratch>,
}

impl Shadow {
    /// Makes an empty database and connects to it.
    ///
    /// # Errors
    ///
    /// [`ShadowError`], by what went wrong; then nothing is left of it.
    pub async fn open(place: &Place) -> Result<Self, ShadowError> {
        let shadow = match place {
            #[cfg(feature = "embedded")]
            Place::Memory => Self::in_memory().await?,
            Place::Server(url) => Self::on_server(url).await?,
        };
        let role = Role::Shadow.setting();
        shadow
            .session
            .connection()
            .execute_unprepared(role)
            .await
            .map_err(|source| ShadowError::Create { command: role.to_owned(), source })?;
        Ok(shadow)
    }

    /// Its session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Makes the tables of another program that `schema` builds on, if it does; gives what that
    /// issued.
    ///
    /// # Errors
    ///
    /// [`ShadowError::Record`].
    pub async fn record_managed(&self, schema: &Schema) -> Result<Recording, ShadowError> {
        match schema.managed {
            Some(managed) => {
                let work = (managed.ensure)(self.session.connection());
                Ok(self.recorder()?.record_work(work).await?)
            }
            None => Ok(Recording::default()),
        }
    }

    /// Makes the tool's own tables and gives what that issued.
    ///
    /// # Errors
    ///
    /// [`ShadowError::Record`].
    pub async fn record_install(&self, schema: &Schema) -> Result<Recording, ShadowError> {
        let db = self.session.connection();
        let state = state::read(db).await.map_err(RecordError::Work)?;
        Ok(self.recorder()?.record_work(journal::install(db, schema, &state)).await?)
    }

    /// Runs a migration and gives what it issued.
    ///
    /// # Errors
    ///
    /// [`ShadowError::Record`].
    pub async fn record(
        &self,
        migration: &Migration,
        direction: Direction,
    ) -> Result<Recording, ShadowError> {
        Ok(self.recorder()?.record(migration, direction).await?)
    }

    /// Runs a migration.
    ///
    /// # Errors
    ///
    /// [`ShadowError::Record`].
    pub async fn replay(
        &self,
        migration: &Migration,
        direction: Direction,
    ) -> Result<(), ShadowError> {
        if let Some(recorder) = &self.recorder {
            return Ok(recorder.replay(migration, direction).await?);
        }
        apply::replay(self.session.connection(), migration, direction).await.map_err(|source| {
            let migration = migration.name.clone();
            RecordError::Migration { migration, direction, sql: None, line: None, source }.into()
        })
    }

    /// Does other work on its connection; where it fails, says at which statement, if it can.
    ///
    /// # Errors
    ///
    /// [`Failed`].
    pub async fn attempt<T>(
        &self,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, Failed> {
        match &self.recorder {
            Some(recorder) => recorder.attempt(work).await,
            None => work.await.map_err(|source| Failed { sql: None, source }),
        }
    }

    /// Brings an empty shadow to where a database stands that has these migrations of `schema`
    /// applied, the tables of other programs included; names that the lineage lacks are passed
    /// over.
    ///
    /// # Errors
    ///
    /// [`ShadowError::Record`], naming the migration and the statement that failed.
    pub async fn bring_to(&self, schema: &Schema, applied: &[String]) -> Result<(), ShadowError> {
        if let Some(managed) = schema.managed {
            let made = (managed.ensure)(self.session.connection()).await;
            made.map_err(RecordError::Work)?;
        }
        for migration in schema.migrations.iter().filter(|known| applied.contains(&known.name)) {
            self.replay(migration, Direction::Up).await?;
        }
        Ok(())
    }

    /// Disconnects and removes it.
    ///
    /// # Errors
    ///
    /// [`ShadowError::Drop`] where a server keeps it, [`ShadowError::Embedded`] where an embedded
    /// one did not stop cleanly.
    pub async fn close(self) -> Result<(), ShadowError> {
        let closed = self.session.close().await;
        drop(self.recorder);
        if let Some(scratch) = self.scratch {
            scratch.remove().await?;
        }
        closed.map_err(|error| ShadowError::Connect(Box::new(error)))
    }

    fn recorder(&self) -> Result<&Recorder, RecordError> {
        self.recorder.as_ref().ok_or(RecordError::Encrypted)
    }

    #[cfg(feature = "embedded")]
    async fn in_memory() -> Result<Self, ShadowError> {
        // To create another takes a fifth of the time that a shadow takes to start.
        let start = || Embedded::start(Storage::Memory, embedded::MAINTENANCE_DATABASE, 0);
        let server = connection::run_blocking(start).await?;
        let recorder = Recorder::connect(&embedded::options(&server.url())).await?;
        let session = Session::on_embedded(recorder.connection().clone(), server);
        Ok(Self { session, recorder: Some(recorder), scratch: None })
    }

    async fn on_server(url: &DatabaseUrl) -> Result<Self, ShadowError> {
        let scratch = Scratch::create(url).await?;
        let url = scratch.url();
        let options = url.options();
        let (connection, recorder) = match Recorder::connect(options).await {
            Ok(recorder) => (recorder.connection().clone(), Some(recorder)),
            Err(RecordError::Encrypted) => (connect(options).await?, None),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { session: Session::on(connection), recorder, scratch: Some(scratch) })
    }
}

async fn connect(options: &PgConnectOptions) -> Result<DatabaseConnection, ShadowError> {
    let connected = connection::connect_with(options.clone(), CONNECT_TIMEOUT).await;
    connected.map_err(|error| RecordError::Connect(error).into())
}

#[cfg(all(test, feature = "embedded"))]
mod tests;
