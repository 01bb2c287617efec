//! What every command starts from: the databases it names, where they are, who runs it.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use schema_engine::{
    apply::Patience,
    database::{self, Database},
    environment::{Dotenv, Environment},
    journal::Operator,
    location::{self, Located, Wishes},
    schema::Schema,
    shadow::Place,
    url::UrlError,
};

use crate::{
    cli::{Format, InShadow, Manners, Where},
    databases,
};

/// A command line that makes no sense although each of its words does.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UsageError {
    /// Options that speak of one lineage, for several databases.
    #[error("`{option}` takes one database, and this run has {}", databases.join(", "))]
    OneDatabase { option: &'static str, databases: Vec<&'static str> },
    /// A URL, or a part of one, where none belongs.
    #[error(
        "one of the words looks like a URL: give that by `--database-url`, in quotes, or in the \
         variable of its database"
    )]
    StrayUrl,
    /// A new migration for a database that has none of its own.
    #[error("{twin} runs the migrations of {production}: create this one for {production}")]
    Twin { twin: &'static str, production: &'static str },
    /// A command that is never run on everything unasked.
    #[error("`{command}` needs a database: name one, several, or `all`")]
    NoDatabase { command: &'static str },
    /// The binary was built without the schema.
    #[error("this build has no migrations of {schema}; build with `--features {schema}`")]
    NotCompiled { schema: &'static str },
    /// Migrations are to be replayed, and there is nowhere to.
    #[cfg(not(feature = "embedded"))]
    #[error(
        "this build has no PostgreSQL to replay migrations in; name a server that may hold a \
         throw-away database by `--shadow-url`"
    )]
    NoShadow,
    /// `--shadow-url` is no URL.
    #[error("`--shadow-url` is no URL of a database")]
    ShadowUrl(#[source] UrlError),
    /// Several production databases at risk at once.
    #[error("on production databases this takes one database a run, and this run has {}", databases.join(", "))]
    OneProduction { databases: Vec<&'static str> },
}

/// The surroundings of a command.
pub(crate) struct Context {
    pub(crate) schemas: Vec<Schema>,
    environment: Environment,
    pub(crate) root: PathBuf,
    pub(crate) format: Format,
    wishes: Wishes,
    /// The database that sea-orm-cli is to work on: it cannot name one on its command line.
    only: Option<String>,
}

impl Context {
    pub(crate) fn new(place: Where) -> Result<Self> {
        let root = root()?;
        let dotenv = match place.env_file {
            _ if place.no_dotenv => Dotenv::Off,
            Some(file) => Dotenv::File(file),
            None => Dotenv::Root,
        };
        let environment = Environment::read(&root, &dotenv)?;
        let only = environment.plain("MIGRATION_DATABASE").map(str::to_owned);
        Ok(Self {
            schemas: databases::schemas(),
            root,
            format: place.output,
            wishes: Wishes {
                database_url: place.database_url,
                embedded: place.embedded,
                no_embedded: place.no_embedded,
                one_url_variable: false,
            },
            environment,
            only,
        })
    }

    /// The databases that `names` stand for, each with its place and its schema; where there are
    /// no names, the one that `MIGRATION_DATABASE` names, or all of production.
    pub(crate) fn locate(&self, names: &[String]) -> Result<Vec<(Located, &Schema)>> {
        match &self.only {
            Some(only) if names.is_empty() => {
                let databases = database::select(&[only])?;
                let wishes = Wishes { one_url_variable: true, ..self.wishes.clone() };
                self.place(&databases, &wishes)
            }
            _ => self.place(&select(names)?, &self.wishes),
        }
    }

    /// What the environment says of databases outside the run. For sea-orm-cli, `DATABASE_URL` is
    /// the one of the run and not main's.
    pub(crate) fn surroundings(&self) -> Environment {
        match self.only {
            Some(_) => self.environment.without("DATABASE_URL"),
            None => self.environment.clone(),
        }
    }

    /// The databases of a command that never means all of production unasked.
    pub(crate) fn databases(
        &self,
        command: &'static str,
        names: &[String],
    ) -> Result<Vec<&'static Database>> {
        match &self.only {
            _ if !names.is_empty() => Ok(database::select(names)?),
            Some(only) => Ok(database::select(&[only])?),
            None => Err(UsageError::NoDatabase { command }.into()),
        }
    }

    /// The schema of a database, if this build has it.
    pub(crate) fn schema(&self, database: &Database) -> Result<&Schema, UsageError> {
        let found = self.schemas.iter().find(|known| known.name == database.schema);
        found.ok_or(UsageError::NotCompiled { schema: database.schema })
    }

    /// As [`Self::locate`], for a command that never means all of production unasked.
    pub(crate) fn locate_named(
        &self,
        command: &'static str,
        names: &[String],
    ) -> Result<Vec<(Located, &Schema)>> {
        if names.is_empty() && self.only.is_none() {
            return Err(UsageError::NoDatabase { command }.into());
        }
        self.locate(names)
    }

    pub(crate) fn locate_databases(
        &self,
        databases: &[&'static Database],
    ) -> Result<Vec<(Located, &Schema)>> {
        self.place(databases, &self.wishes)
    }

    fn place(
        &self,
        databases: &[&'static Database],
        wishes: &Wishes,
    ) -> Result<Vec<(Located, &Schema)>> {
        let located = location::locate(databases, wishes, &self.environment, &self.root)?;
        located
            .into_iter()
            .map(|located| {
                let schema = self.schema(located.database)?;
                Ok((located, schema))
            })
            .collect()
    }
}

pub(crate) fn select(names: &[String]) -> Result<Vec<&'static Database>> {
    if names.is_empty() {
        return Ok(database::select(&["all"])?);
    }
    Ok(database::select(names)?)
}

/// Refuses an option that speaks of one lineage where the run has several databases.
pub(crate) fn takes_one_database(
    option: &'static str,
    is_given: bool,
    run: &[(Located, &Schema)],
) -> Result<(), UsageError> {
    if is_given && run.len() != 1 {
        return Err(UsageError::OneDatabase { option, databases: names(run) });
    }
    Ok(())
}

pub(crate) fn names(run: &[(Located, &Schema)]) -> Vec<&'static str> {
    run.iter().map(|(located, _)| located.database.name).collect()
}

/// Where migrations are replayed.
pub(crate) fn shadow_place(shadow: &InShadow) -> Result<Place, UsageError> {
    match &shadow.shadow_url {
        Some(url) => Ok(Place::Server(url.parse().map_err(UsageError::ShadowUrl)?)),
        #[cfg(feature = "embedded")]
        None => Ok(Place::Memory),
        #[cfg(not(feature = "embedded"))]
        None => Err(UsageError::NoShadow),
    }
}

/// How a run treats what is in its way.
pub(crate) fn patience(manners: Manners) -> Patience {
    Patience {
        lock_timeout: manners.lock_timeout,
        statement_timeout: manners.statement_timeout,
        retries: manners.retries,
    }
}

/// Who writes into the journal.
pub(crate) fn operator() -> Operator {
    Operator {
        actor: whoami::username().unwrap_or_else(|_| "unknown".to_owned()),
        host: whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The checkout, where `cargo xtask` or `cargo run` started this binary from one; else the working
/// directory.
pub(crate) fn root() -> Result<PathBuf> {
    if let Some(workspace) = env::var_os("REYNARD_WORKSPACE") {
        return Ok(workspace.into());
    }
    let is_ours = env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    let package = env::var_os("CARGO_MANIFEST_DIR").filter(|_| is_ours).map(PathBuf::from);
    match package.as_deref().and_then(Path::parent) {
        Some(workspace) => Ok(workspace.to_owned()),
        None => env::current_dir().context("the working directory cannot be found"),
    }
}
