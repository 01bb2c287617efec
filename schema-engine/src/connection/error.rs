//! Why a database could not be opened. Pure.

use std::io;

use sea_orm::sqlx;

use super::TlsError;
#[cfg(feature = "embedded")]
use crate::embedded::{EmbeddedError, FolderError, Holder};

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// Nothing listens there, or nothing answers.
    #[error("no server answers at {host}:{port}")]
    Unreachable {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The server does not accept the login.
    #[error("{host}:{port} refuses the login of `{user}`; check the user and password in {origin}")]
    Login {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// The role.
        user: String,
        /// Where the URL came from.
        origin: String,
        /// What the server said.
        #[source]
        source: sqlx::Error,
    },
    /// The server has no such database.
    #[error("{host}:{port} has no database `{name}`; `setup {database}` creates it")]
    NoDatabase {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// The database that the URL names.
        name: String,
        /// The database of the tool that it is for.
        database: &'static str,
    },
    /// It was to be encrypted, and is not.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// A pooler wants to know every setting that a session begins with.
    #[error(
        "cannot connect to {place}: a pooler stands between; give the direct URL of the server"
    )]
    Pooled {
        /// The database and server.
        place: String,
        /// What it said.
        #[source]
        source: sqlx::Error,
    },
    /// Anything else that the server or the way to it said.
    #[error("cannot connect to {place}")]
    Refused {
        /// The database and server.
        place: String,
        /// What was said.
        #[source]
        source: sqlx::Error,
    },
    /// The embedded PostgreSQL did not start.
    #[cfg(feature = "embedded")]
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
}

impl ConnectError {
    /// The process that has the embedded folder, where that is what stopped us.
    #[cfg(feature = "embedded")]
    pub fn holder(&self) -> Option<&Holder> {
        match self {
            Self::Embedded(EmbeddedError::Folder(FolderError::Held { holder, .. })) => Some(holder),
            _ => None,
        }
    }
}
