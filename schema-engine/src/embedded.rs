//! PostgreSQL inside the process: opens a folder (or memory) and serves it on a loopback port.
//!
//! The backend is a WASM build of the real server, one backend for one connection. Reads and
//! writes the folder it is given and listens on 127.0.0.1.

mod folder;
mod instance;
mod listener;
mod wire;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    thread,
};

pub use folder::{FolderError, Holder};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};

pub(crate) use instance::MAINTENANCE_DATABASE;

use folder::Folder;
use listener::Listener;

/// Where the data of an embedded PostgreSQL lives.
#[derive(Debug, Clone, Copy)]
pub enum Storage<'a> {
    /// A folder, created where it is missing and kept.
    Folder(&'a Path),
    /// Memory: gone when the server stops.
    Memory,
}

/// Why an embedded PostgreSQL did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// The folder cannot be used: another process has it, or it is not ours to read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The port is taken, or the machine has no loopback.
    #[error("cannot listen on {address}")]
    Listen {
        /// What was asked for; port 0 means any free one.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// PostgreSQL itself did not start or stop.
    #[error("the embedded PostgreSQL failed: {reason}")]
    Start {
        /// What it said, its causes joined by `: `.
        reason: String,
    },
    /// PostgreSQL did not start on the data that is there.
    #[error(
        "the embedded PostgreSQL does not start on {}: {reason}; mend that, or move the folder \
         away to begin anew", folder.display()
    )]
    Data {
        /// The folder of the database.
        folder: PathBuf,
        /// What it said, its causes joined by `: `.
        reason: String,
    },
}

/// A running embedded PostgreSQL; stops when it is dropped or, with its errors, by [`Self::stop`].
#[derive(Debug)]
pub struct Embedded {
    address: SocketAddr,
    database: String,
    listener: Option<Listener>,
    // Released after the server has stopped: until then the folder is in use.
    folder: Option<Folder>,
}

impl Embedded {
    /// Opens `storage`, creates `database` in it where it is missing, and listens on `port` of
    /// 127.0.0.1 (0: any free port).
    ///
    /// # Errors
    ///
    /// [`EmbeddedError::Folder`] where another process holds the folder,
    /// [`EmbeddedError::Listen`] where the port is taken, [`EmbeddedError::Data`] where PostgreSQL
    /// does not come up on that data, [`EmbeddedError::Start`] where it does not come up at all.
    pub fn start(storage: Storage<'_>, database: &str, port: u16) -> Result<Self, EmbeddedError> {
        let folder = match storage {
            Storage::Folder(path) => Some(Folder::hold(path)?),
            Storage::Memory => None,
        };
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let socket = Listener::bind(address)?;
        let layout = folder.as_ref().map(Folder::layout);
        let listener =
            Listener::serve(socket, layout, database).map_err(|error| match (error, storage) {
                (EmbeddedError::Start { reason }, Storage::Folder(path)) => {
                    EmbeddedError::Data { folder: path.to_owned(), reason }
                }
                (error, _) => error,
            })?;
        Ok(Self {
            address: listener.address(),
            database: database.to_owned(),
            listener: Some(listener),
            folder,
        })
    }

    /// Says the address to other processes, which then connect instead of failing on the folder.
    ///
    /// # Errors
    ///
    /// [`FolderError::Io`] where the folder cannot be written.
    pub fn announce(&mut self) -> Result<(), FolderError> {
        let url = self.url();
        self.folder.as_mut().map_or(Ok(()), |folder| folder.announce(&url))
    }

    /// The URL under which a client on this machine reaches it; it holds no secret.
    pub fn url(&self) -> String {
        url(self.address, &self.database)
    }

    /// Ends the session, writes everything to disk and gives the folder back.
    ///
    /// # Errors
    ///
    /// [`EmbeddedError::Start`] with what PostgreSQL said when it did not stop cleanly.
    pub fn stop(mut self) -> Result<(), EmbeddedError> {
        self.listener.take().map_or(Ok(()), Listener::stop)
    }

    /// Waits until the server thread ends, which it does by itself only when PostgreSQL fails.
    pub fn is_running(&self) -> bool {
        self.listener.as_ref().is_some_and(Listener::is_running)
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if let Some(listener) = self.listener.take()
            && let Err(error) = listener.stop()
            && !thread::panicking()
        {
            tracing::warn!("{error}");
        }
    }
}

/// Who holds `folder` now, if a process does.
///
/// # Errors
///
/// [`FolderError::Io`] where the folder cannot be read.
pub fn holder(folder: &Path) -> Result<Option<Holder>, FolderError> {
    Folder::holder(folder)
}

/// The connect options of an embedded server's `url`, whatever `PG*` variables say of others.
pub(crate) fn options(url: &str) -> PgConnectOptions {
    let address = url.split(['@', '/']).find_map(|part| part.parse::<SocketAddr>().ok());
    let database = url.rsplit('/').next().and_then(|tail| tail.split('?').next());
    let (host, port) = address.map_or_else(Default::default, |at| (at.ip().to_string(), at.port()));
    PgConnectOptions::new_without_pgpass()
        .host(&host)
        .port(port)
        .username("postgres")
        .database(database.unwrap_or_default())
        .ssl_mode(PgSslMode::Disable)
}

fn url(address: SocketAddr, database: &str) -> String {
    format!("postgres://postgres@{address}/{database}?sslmode=disable")
}
