//! Decides where each database of a run is: a URL, a variable, a `.env` file, or embedded. Pure
//! but for the files that `<VARIABLE>_FILE` names.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{
    database::Database,
    environment::{Environment, EnvironmentError, Found},
    url::{DatabaseUrl, UrlError},
};

/// The folder, beside `.env`, that holds the embedded databases.
pub const EMBEDDED_FOLDER: &str = ".reynard";

/// Where a database is.
#[derive(Debug, Clone)]
pub enum Location {
    /// A PostgreSQL server.
    Server {
        /// Its URL.
        url: DatabaseUrl,
        /// The option or variable that gave it, and the file.
        origin: String,
    },
    /// PostgreSQL inside the process.
    Embedded {
        /// The folder that it keeps its data in.
        folder: PathBuf,
        /// The same, as a user writes it.
        shown: String,
        /// Why there is no URL.
        reason: String,
    },
}

/// A database and where it is.
#[derive(Debug, Clone)]
pub struct Located {
    /// Which one.
    pub database: &'static Database,
    /// Where.
    pub location: Location,
}

/// What the user said about where databases are.
#[derive(Debug, Default, Clone)]
pub struct Wishes {
    /// The URL of the one database of the run.
    pub database_url: Option<String>,
    /// Databases without a URL are embedded, whatever the others are.
    pub embedded: bool,
    /// No database is embedded.
    pub no_embedded: bool,
    /// `DATABASE_URL` is the URL of the one database of the run, as sea-orm-cli has it.
    pub one_url_variable: bool,
}

/// Why a run does not know where its databases are.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocationError {
    /// The environment could not be read.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// A URL is none.
    #[error("the URL of {database} in {origin} is not usable")]
    Url {
        /// The database that it is for.
        database: &'static str,
        /// Where it came from.
        origin: String,
        /// What is wrong with it.
        #[source]
        source: UrlError,
    },
    /// `--database-url` with several databases.
    #[error("`--database-url` takes one database, and this run has {}", databases.join(", "))]
    UrlForSeveral {
        /// The databases of the run.
        databases: Vec<&'static str>,
    },
    /// Some databases have a URL and this one has not.
    #[error(
        "`{variable}` is not set, but {present} is; set it, or give `--embedded` to use an \
         embedded PostgreSQL for {database}"
    )]
    MissingAmongOthers {
        /// The database without a URL.
        database: &'static str,
        /// Its variable.
        variable: &'static str,
        /// A variable that is set.
        present: String,
    },
    /// No URL, and nothing may take its place.
    #[error("`{variable}` is not set; {database} needs a URL because {reason}")]
    Missing {
        /// The database without a URL.
        database: &'static str,
        /// Its variable.
        variable: &'static str,
        /// What forbids the embedded PostgreSQL.
        reason: &'static str,
    },
    /// sea-orm-cli's URL and the database's own are not the same.
    #[error("`{variable}` and `DATABASE_URL` hold different URLs of {database}; keep one")]
    TwoUrls {
        /// The database.
        database: &'static str,
        /// Its own variable.
        variable: &'static str,
    },
    /// sea-orm-cli was told of another namespace.
    #[error("DATABASE_SCHEMA is `{namespace}`, and the migrations are made for `public`")]
    Namespace {
        /// What it was told.
        namespace: String,
    },
    /// Both options at once.
    #[error("`--embedded` and `--no-embedded` exclude each other")]
    Contradiction,
}

/// Finds every database of a run; none is left out.
///
/// # Errors
///
/// [`LocationError`]: a URL is missing or unusable, or the wishes contradict each other.
pub fn locate(
    databases: &[&'static Database],
    wishes: &Wishes,
    environment: &Environment,
    root: &Path,
) -> Result<Vec<Located>, LocationError> {
    if wishes.embedded && wishes.no_embedded {
        return Err(LocationError::Contradiction);
    }
    if let Some(namespace) = environment.plain("DATABASE_SCHEMA").filter(|name| *name != "public") {
        return Err(LocationError::Namespace { namespace: namespace.to_owned() });
    }
    let servers = databases
        .iter()
        .map(|database| server(database, databases, wishes, environment))
        .collect::<Result<Vec<_>, _>>()?;
    let present = servers.iter().flatten().next().map(|(_, origin)| origin.clone());
    let forbidden = forbidden_because(wishes, environment);
    std::iter::zip(databases, servers)
        .map(|(database, server)| {
            let location = match (server, &present, forbidden) {
                (Some((url, origin)), ..) => Location::Server { url, origin },
                (None, _, Some(reason)) => {
                    return Err(LocationError::Missing {
                        database: database.name,
                        variable: database.url_variable,
                        reason,
                    });
                }
                (None, Some(present), None) if !wishes.embedded => {
                    return Err(LocationError::MissingAmongOthers {
                        database: database.name,
                        variable: database.url_variable,
                        present: format!("`{present}`"),
                    });
                }
                (None, ..) => embedded(database, root),
            };
            Ok(Located { database, location })
        })
        .collect()
}

fn forbidden_because(wishes: &Wishes, environment: &Environment) -> Option<&'static str> {
    if !cfg!(feature = "embedded") {
        Some("this build has no embedded PostgreSQL")
    } else if wishes.no_embedded {
        Some("`--no-embedded` was given")
    } else if environment.plain("REYNARD_ENV") == Some("production") {
        Some("REYNARD_ENV is production")
    } else {
        None
    }
}

fn server(
    database: &'static Database,
    all: &[&'static Database],
    wishes: &Wishes,
    environment: &Environment,
) -> Result<Option<(DatabaseUrl, String)>, LocationError> {
    let (value, origin) = match &wishes.database_url {
        Some(_) if all.len() != 1 => {
            let databases = all.iter().map(|database| database.name).collect();
            return Err(LocationError::UrlForSeveral { databases });
        }
        Some(url) => (url.clone(), "--database-url".to_owned()),
        None => match configured(database, wishes, environment)? {
            Some(found) => (found.value, found.origin),
            None => return Ok(None),
        },
    };
    match value.parse() {
        Ok(url) => Ok(Some((url, origin))),
        Err(source) => Err(LocationError::Url { database: database.name, origin, source }),
    }
}

/// What the database's own variable says, or for sea-orm-cli the only one that it has.
fn configured(
    database: &'static Database,
    wishes: &Wishes,
    environment: &Environment,
) -> Result<Option<Found>, LocationError> {
    let own = environment.secret(database.url_variable)?;
    if !wishes.one_url_variable {
        return Ok(own);
    }
    match (own, environment.secret("DATABASE_URL")?) {
        (Some(own), Some(other)) if own.value != other.value => {
            Err(LocationError::TwoUrls { database: database.name, variable: database.url_variable })
        }
        (own, other) => Ok(own.or(other)),
    }
}

fn embedded(database: &Database, root: &Path) -> Location {
    let shown = format!("{EMBEDDED_FOLDER}/{}", database.database_name);
    Location::Embedded {
        folder: root.join(EMBEDDED_FOLDER).join(database.database_name),
        shown,
        reason: format!("{} is not set", database.url_variable),
    }
}

impl Located {
    /// The first line of a run: which database, where it is, and why there.
    pub fn line(&self) -> String {
        let name = self.database.name;
        match &self.location {
            Location::Server { url, origin } => format!("{name} → {url} ({origin})"),
            Location::Embedded { shown, reason, .. } => {
                format!("{name} → embedded PostgreSQL at {shown} ({reason})")
            }
        }
    }

    /// The same for a machine.
    pub fn report(&self) -> LocationReport {
        match &self.location {
            Location::Server { url, origin } => LocationReport::Server {
                host: url.host(),
                port: url.port(),
                database: url.database().to_owned(),
                origin: origin.clone(),
            },
            Location::Embedded { shown, .. } => LocationReport::Embedded { folder: shown.clone() },
        }
    }

    /// Whether it is a PostgreSQL server.
    pub fn is_server(&self) -> bool {
        matches!(self.location, Location::Server { .. })
    }
}

/// Where a database is, as the JSON output says it.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LocationReport {
    /// A PostgreSQL server.
    Server {
        /// Its host.
        host: String,
        /// Its port.
        port: u16,
        /// The name of the database there.
        database: String,
        /// The option or variable that gave the URL, and the file.
        origin: String,
    },
    /// PostgreSQL inside the process.
    Embedded {
        /// Its folder, relative to the root.
        folder: String,
    },
}

#[cfg(test)]
mod tests;
