//! Runs migrations and records every statement that they issue, in order, with its values.
//!
//! Connects through a loopback socket and executes on the database behind it. Below the driver
//! everything can be seen: SeaORM's own callback misses what runs unprepared and the transactions,
//! and its proxy driver loses types and the errors of a commit.

mod failure;
mod kind;
mod literal;
mod log;
mod message;
mod render;
mod tap;

use std::{io, num::NonZeroU32};

use sea_orm::{
    DatabaseConnection, DbErr,
    sqlx::{
        self,
        postgres::{PgConnectOptions, PgSslMode},
    },
};
use serde::Serialize;

pub use self::kind::Kind;
pub(crate) use self::literal::quoted;
use self::{
    log::Event,
    tap::{Server, Tap},
};
use crate::{
    apply,
    connection::{self, CONNECT_TIMEOUT},
    plan::Direction,
    schema::Migration,
    sql::{self, SqlError},
};

/// A statement that a migration issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Its text without a `;`, literals in the place of its parameters.
    pub sql: String,
    /// What it does.
    pub kind: Kind,
    /// Whether its rows, or that there are none, were told to the migration.
    pub gives_rows: bool,
}

/// What a migration issued, in order; what failed and was caught left nothing and is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Recording {
    /// The statements.
    pub statements: Vec<Recorded>,
}

impl Recording {
    /// Whether it looked at the database, so that on another one it may issue other statements.
    pub fn reads(&self) -> bool {
        self.statements.iter().any(|statement| statement.gives_rows)
    }

    /// The statements that do something, or may.
    pub fn writes(&self) -> impl Iterator<Item = &Recorded> {
        self.statements.iter().filter(|statement| statement.kind == Kind::Write)
    }
}

/// Why a migration could not be recorded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// What is encrypted cannot be read on its way.
    #[error("statements cannot be recorded through TLS, which the URL's sslmode asks for")]
    Encrypted,
    /// There is no way to the server.
    #[error("cannot listen on 127.0.0.1 to record what passes")]
    Listen(#[source] io::Error),
    /// The server did not let us in.
    #[error("cannot connect to record what passes")]
    Connect(#[source] sqlx::Error),
    /// The migration failed.
    #[error(
        "{} failed in the shadow{}{}", direction.step(migration),
        sql.as_ref().map(|sql| format!(" at `{sql}`")).unwrap_or_default(),
        line.map(|line| format!(" (line {line} of {migration}.{}.sql)", direction.word()))
            .unwrap_or_default()
    )]
    Migration {
        /// The migration's name.
        migration: String,
        /// Which way it ran.
        direction: Direction,
        /// The statement that failed, where one did and it is known.
        sql: Option<String>,
        /// The line of its file, where it is one of SQL.
        line: Option<NonZeroU32>,
        /// What the server or the migration said.
        #[source]
        source: DbErr,
    },
    /// What surrounds the migrations failed.
    #[error("what the migrations build on could not be made")]
    Work(#[source] DbErr),
    /// A statement that ran cannot be written down.
    #[error("what was recorded cannot be split into statements")]
    Text(#[source] SqlError),
    /// The server did not write the values of a statement as text.
    #[error("the server did not say the values that were bound")]
    Values(#[source] sqlx::Error),
}

/// Work that failed.
#[derive(Debug)]
pub struct Failed {
    /// The statement that failed, where one did and it is known.
    pub sql: Option<String>,
    /// What the server or the work said.
    pub source: DbErr,
}

/// A connection on which migrations are recorded.
#[derive(Debug)]
pub struct Recorder {
    connection: DatabaseConnection,
    tap: Tap,
}

impl Recorder {
    /// Connects to where `options` lead.
    ///
    /// # Errors
    ///
    /// [`RecordError::Encrypted`], [`RecordError::Listen`] and [`RecordError::Connect`].
    pub async fn connect(options: &PgConnectOptions) -> Result<Self, RecordError> {
        match options.get_ssl_mode() {
            PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer => {}
            PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull => {
                return Err(RecordError::Encrypted);
            }
        }
        let tap = Tap::open(server(options)).await.map_err(RecordError::Listen)?;
        let options = through(&tap, options);
        let connection = connection::connect_with(options, CONNECT_TIMEOUT)
            .await
            .map_err(RecordError::Connect)?;
        Ok(Self { connection, tap })
    }

    /// The one connection.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Runs a migration, in a transaction if it wants one, and gives what it issued in it.
    ///
    /// # Errors
    ///
    /// [`RecordError::Migration`] where it failed, [`RecordError::Text`] and
    /// [`RecordError::Values`] where it cannot be written down.
    pub async fn record(
        &self,
        migration: &Migration,
        direction: Direction,
    ) -> Result<Recording, RecordError> {
        let events = self.run(migration, direction).await?;
        let is_transactional = migration.runs_in_transaction();
        let inside = if is_transactional { 1..events.len() - 1 } else { 0..events.len() };
        self.write_down(&events[inside]).await
    }

    /// Runs a migration, in a transaction if it wants one.
    ///
    /// # Errors
    ///
    /// [`RecordError::Migration`].
    pub async fn replay(
        &self,
        migration: &Migration,
        direction: Direction,
    ) -> Result<(), RecordError> {
        self.run(migration, direction).await.map(drop)
    }

    /// Does other work on the connection and gives what it issued.
    ///
    /// # Errors
    ///
    /// [`RecordError::Work`] where it failed; else as [`Self::record`].
    pub async fn record_work<T>(
        &self,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<Recording, RecordError> {
        self.tap.log().start();
        let result = work.await;
        let events = self.tap.log().stop();
        result.map_err(RecordError::Work)?;
        self.write_down(&events).await
    }

    /// Does other work on the connection; where it fails, says at which statement.
    ///
    /// # Errors
    ///
    /// [`Failed`].
    pub async fn attempt<T>(
        &self,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, Failed> {
        self.tap.log().start();
        let result = work.await;
        let events = self.tap.log().stop();
        result.map_err(|source| {
            let sql = failure::failure(&events, &source).map(|failure| failure.sql);
            Failed { sql, source }
        })
    }

    /// Gives what passed; of a migration in a transaction, its begin and its commit too.
    async fn run(
        &self,
        migration: &Migration,
        direction: Direction,
    ) -> Result<Vec<Event>, RecordError> {
        self.tap.log().start();
        let result = apply::replay(&self.connection, migration, direction).await;
        let events = self.tap.log().stop();
        match result {
            Ok(()) => Ok(events),
            Err(source) => {
                let failure = failure::failure(&events, &source);
                let file = migration.sql.map(|files| direction.text_of(files));
                Err(RecordError::Migration {
                    migration: migration.name.clone(),
                    direction,
                    line: failure.as_ref().zip(file).and_then(|(it, file)| it.line_in(file)),
                    sql: failure.map(|failure| failure.sql),
                    source,
                })
            }
        }
    }

    async fn write_down(&self, events: &[Event]) -> Result<Recording, RecordError> {
        let pool = self.connection.get_postgres_connection_pool();
        let literals = render::literals(pool, events).await.map_err(RecordError::Values)?;
        let mut statements = Vec::new();
        for event in events.iter().filter(|event| !event.has_failed) {
            let values: Option<Vec<String>> = event
                .values
                .as_ref()
                .map(|values| values.iter().map(|value| literals[value].clone()).collect());
            let text = values.map(|values| literal::fill_in(&event.sql, &values));
            let text = text.as_deref().unwrap_or(&event.sql);
            for statement in sql::statements(text).map_err(RecordError::Text)? {
                let kind = kind::of(&statement);
                let (sql, gives_rows) = (statement.text.to_owned(), event.gives_rows);
                statements.push(Recorded { sql, kind, gives_rows });
            }
        }
        Ok(Recording { statements })
    }
}

fn server(options: &PgConnectOptions) -> Server {
    let port = options.get_port();
    #[cfg(unix)]
    if let Some(folder) = socket_folder(options) {
        return Server::Socket(folder.join(format!(".s.PGSQL.{port}")));
    }
    Server::Tcp { host: options.get_host().to_owned(), port }
}

/// The same login by way of the tap.
fn through(tap: &Tap, options: &PgConnectOptions) -> PgConnectOptions {
    let options = match options.get_socket() {
        None => options.clone(),
        // Once set, a socket comes before the host. Whoever logs in by one mostly needs no password.
        Some(_) => PgConnectOptions::new_without_pgpass()
            .username(options.get_username())
            .database(options.get_database().unwrap_or_default()),
    };
    let (host, port) = (tap.address.ip().to_string(), tap.address.port());
    options.host(&host).port(port).ssl_mode(PgSslMode::Disable)
}

#[cfg(unix)]
fn socket_folder(options: &PgConnectOptions) -> Option<std::path::PathBuf> {
    let host = options.get_host();
    options.get_socket().cloned().or_else(|| host.starts_with('/').then(|| host.into()))
}

#[cfg(all(test, feature = "embedded"))]
mod tests;
