//! The connections of an application; reads where to from the environment.

use std::env;

use sea_orm::{Database, DatabaseConnection, DbErr, RuntimeErr};

/// The four databases, each behind a pool of its own.
#[derive(Clone, Debug)]
pub struct Databases {
    /// Accounts, roles and permissions.
    pub auth: DatabaseConnection,
    /// The agents of the simulated world.
    pub ecs: DatabaseConnection,
    /// Notes, files and embeddings.
    pub main: DatabaseConnection,
    /// The tools of the MCP server.
    pub mcp: DatabaseConnection,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A variable is absent or empty.
    #[error("`{variable}` is not set: give it the URL of a database, as in `{EXAMPLE}`")]
    Missing {
        /// Its name.
        variable: &'static str,
    },
    /// A variable holds something else.
    #[error("`{variable}` holds no URL of a PostgreSQL database, which is one like `{EXAMPLE}`")]
    Malformed {
        /// Its name.
        variable: &'static str,
    },
    /// The server did not answer, or refused.
    #[error("cannot connect to the database that `{variable}` names")]
    Connect {
        /// Its name.
        variable: &'static str,
        /// What the driver says.
        #[source]
        source: DbErr,
    },
}

const EXAMPLE: &str = "postgres://user:password@localhost/name";

impl Databases {
    /// Connects to the databases that the environment names.
    ///
    /// # Errors
    ///
    /// Each variant of [`OpenError`]; none repeats a URL, which may hold a password.
    pub async fn from_environment() -> Result<Self, OpenError> {
        Ok(Self {
            auth: open("AUTH_DATABASE_URL").await?,
            ecs: open("ECS_DATABASE_URL").await?,
            main: open("DATABASE_URL").await?,
            mcp: open("MCP_DATABASE_URL").await?,
        })
    }
}

async fn open(variable: &'static str) -> Result<DatabaseConnection, OpenError> {
    let url = env::var(variable).unwrap_or_default();
    if url.is_empty() {
        return Err(OpenError::Missing { variable });
    }
    Database::connect(url).await.map_err(|error| match error {
        // What SeaORM itself says about a URL repeats it, password and all.
        DbErr::Conn(RuntimeErr::Internal(_)) => OpenError::Malformed { variable },
        source => OpenError::Connect { variable, source },
    })
}
