//! Opens a database: its location becomes a session of one connection, embedded or not.
//!
//! Connects to servers, starts embedded ones.

mod error;
mod tls;

use std::{io, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqlxPostgresConnector,
    sqlx::{
        self, Connection as _, PgConnection,
        postgres::{PgConnectOptions, PgPoolOptions},
    },
};
use tokio::{net::TcpStream, time::timeout};

pub use self::{error::ConnectError, tls::TlsError};

#[cfg(feature = "embedded")]
use crate::embedded::{self, Embedded, EmbeddedError, FolderError, Storage};
use crate::{
    location::{Located, Location},
    url::DatabaseUrl,
};

/// How long a server may take to let us in.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long saying goodbye may take.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// How long another client of a served embedded database may take to leave: it has one place.
#[cfg(feature = "embedded")]
const PLACE_TIMEOUT: Duration = Duration::from_secs(5);

/// How long PostgreSQL inside this process may take to start on a busy machine, after others.
#[cfg(feature = "embedded")]
const START_TIMEOUT: Duration = Duration::from_mins(1);

/// How a session presents itself in `pg_stat_activity`.
pub(crate) const APPLICATION_NAME: &str = "migration-runner";

/// An open database.
#[derive(Debug)]
pub struct Session {
    connection: DatabaseConnection,
    #[cfg(feature = "embedded")]
    embedded: Option<Embedded>,
}

impl Session {
    /// Opens the database; an embedded one that another process serves is reached through that.
    ///
    /// # Errors
    ///
    /// [`ConnectError`], by what went wrong.
    pub async fn open(located: &Located) -> Result<Self, ConnectError> {
        match &located.location {
            Location::Server { url, origin } => {
                let connection = connect(url, located.database.name, origin).await?;
                Ok(Self::on(connection))
            }
            #[cfg(feature = "embedded")]
            Location::Embedded { folder, .. } => {
                Self::open_embedded(located.database, folder.clone()).await
            }
            #[cfg(not(feature = "embedded"))]
            Location::Embedded { .. } => unreachable!("`locate` gives no such location"),
        }
    }

    /// A session on a connection that somebody else opened.
    pub fn on(connection: DatabaseConnection) -> Self {
        Self {
            connection,
            #[cfg(feature = "embedded")]
            embedded: None,
        }
    }

    /// A session on an embedded server that stops with it.
    #[cfg(feature = "embedded")]
    pub(crate) fn on_embedded(connection: DatabaseConnection, server: Embedded) -> Self {
        Self { connection, embedded: Some(server) }
    }

    /// The one connection of the session.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Leaves a server; the session is of no use then, but for being closed.
    pub(crate) async fn leave(&self) {
        let _ = self.connection.close_by_ref().await;
    }

    /// Lets the server stop a statement soon after this process has ended; a server that cannot
    /// goes on until it has something to say to us.
    pub(crate) async fn notice_our_end(&self) {
        let sql = "SET client_connection_check_interval = '500ms'";
        let _ = self.connection.execute_unprepared(sql).await;
        let sql = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; \
                   SET tcp_keepalives_count = 3";
        let _ = self.connection.execute_unprepared(sql).await;
    }

    /// Closes the connection and, if it is ours, stops the server behind it.
    ///
    /// # Errors
    ///
    /// [`ConnectError::Embedded`] where the embedded PostgreSQL did not stop cleanly.
    pub async fn close(self) -> Result<(), ConnectError> {
        // What can go wrong in saying goodbye changes nothing any more.
        // A server that does not listen any more is not waited for.
        let _ = timeout(CLOSE_TIMEOUT, self.connection.close()).await;
        #[cfg(feature = "embedded")]
        if let Some(server) = self.embedded {
            run_blocking(move || server.stop()).await?;
        }
        Ok(())
    }

    #[cfg(feature = "embedded")]
    async fn open_embedded(
        database: &'static crate::database::Database,
        folder: std::path::PathBuf,
    ) -> Result<Self, ConnectError> {
        let name = database.database_name;
        let started =
            run_blocking(move || Embedded::start(Storage::Folder(&folder), name, 0)).await;
        let (url, server, patience) = match started {
            Ok(server) => (server.url(), Some(server), START_TIMEOUT),
            Err(error) => match served_elsewhere(&error) {
                Some(url) => (url, None, PLACE_TIMEOUT),
                None => return Err(error.into()),
            },
        };
        let options = embedded::options(&url);
        let connection = connect_with(options, patience)
            .await
            .map_err(|source| ConnectError::Refused { place: url, source })?;
        Ok(Self { connection, embedded: server })
    }
}

#[cfg(feature = "embedded")]
fn served_elsewhere(error: &EmbeddedError) -> Option<String> {
    match error {
        EmbeddedError::Folder(FolderError::Held { holder, .. }) => holder.url.clone(),
        _ => None,
    }
}

/// Connects to a server with one connection that lives as long as the session.
///
/// # Errors
///
/// [`ConnectError`], by what went wrong.
pub async fn connect(
    url: &DatabaseUrl,
    database: &'static str,
    origin: &str,
) -> Result<DatabaseConnection, ConnectError> {
    tls::check_root_certificate(url, origin)?;
    knock(url).await?;
    let refusal = match connect_with(url.options().clone(), CONNECT_TIMEOUT).await {
        Ok(connection) => return Ok(connection),
        Err(refusal) => refusal,
    };
    let source = match tls::recognise(refusal, url, origin) {
        Ok(error) => return Err(error.into()),
        Err(other) => other,
    };
    let (host, port) = (url.host(), url.port());
    let code = source.as_database_error().and_then(|error| error.code().map(String::from));
    Err(match code.as_deref() {
        // invalid_catalog_name
        Some("3D000") => {
            ConnectError::NoDatabase { host, port, name: url.database().to_owned(), database }
        }
        // invalid_authorization_specification, invalid_password
        Some("28000" | "28P01") => ConnectError::Login {
            host,
            port,
            user: url.options().get_username().to_owned(),
            origin: origin.to_owned(),
            source,
        },
        _ if is_of_pooler(&source) => ConnectError::Pooled { place: url.to_string(), source },
        _ => ConnectError::Refused { place: url.to_string(), source },
    })
}

/// PostgreSQL knows what we begin with; `PgBouncer` refuses what it cannot keep track of.
fn is_of_pooler(error: &sqlx::Error) -> bool {
    let said = error.as_database_error().map(sqlx::error::DatabaseError::message);
    said.is_some_and(|said| said.starts_with("unsupported startup parameter"))
}

/// The pool retries a refused connection until its time is up; this tells at once.
async fn knock(url: &DatabaseUrl) -> Result<(), ConnectError> {
    let (host, port) = (url.host(), url.port());
    if host.starts_with('/') {
        return Ok(());
    }
    let answer =
        timeout(CONNECT_TIMEOUT, TcpStream::connect((host.trim_matches(['[', ']']), port))).await;
    match answer.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
        Ok(_) => Ok(()),
        Err(source) => Err(ConnectError::Unreachable { host, port, source }),
    }
}

/// Connects with one connection that nothing replaces.
pub(crate) async fn connect_with(
    options: PgConnectOptions,
    patience: Duration,
) -> Result<DatabaseConnection, sqlx::Error> {
    let options = options.application_name(APPLICATION_NAME);
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(patience)
        // The connection is the session: nothing may replace it behind our back.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await;
    match pool {
        Ok(pool) => Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool)),
        // The pool has tried again and again and keeps the reason to itself.
        Err(sqlx::Error::PoolTimedOut) => {
            let reason = timeout(patience, PgConnection::connect_with(&options)).await;
            Err(reason.ok().and_then(Result::err).unwrap_or(sqlx::Error::PoolTimedOut))
        }
        Err(error) => Err(error),
    }
}

/// Starts or stops an embedded server without holding up what runs beside.
#[cfg(feature = "embedded")]
pub(crate) async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, EmbeddedError> + Send + 'static,
) -> Result<T, EmbeddedError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(EmbeddedError::Start { reason: error.to_string() }))
}
