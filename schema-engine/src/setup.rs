//! `setup`: from a server to a database with everything that its migrations need.
//!
//! Creates databases and extensions.

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use tokio::sync::Mutex;

use crate::{
    connection::{self, ConnectError},
    location::{Located, Location},
    open::Opened,
    server_error::{INSUFFICIENT_PRIVILEGE, said, sqlstate},
};

/// The database that every server has.
const MAINTENANCE_DATABASE: &str = "postgres";

/// Why a database could not be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The server could not be asked to create it.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The role may not create what is missing.
    #[error("the role `{role}` may not do this; let a superuser run: {command}")]
    Privilege {
        /// The role of the URL.
        role: String,
        /// The SQL, with the database to run it in.
        command: String,
    },
    /// The server does not have the extension to offer.
    #[error(
        "the server has no extension `{extension}`; install its package there \
         ({}) and run this again",
        package(extension)
    )]
    ExtensionNotInstalled {
        /// The extension.
        extension: String,
    },
    /// Something else went wrong in creating.
    #[error("`{command}` failed")]
    Failed {
        /// The SQL.
        command: String,
        /// What the server said.
        #[source]
        source: DbErr,
    },
}

fn package(extension: &str) -> &'static str {
    match extension {
        "vector" => "pgvector, for example postgresql-15-pgvector",
        _ => "postgresql-contrib",
    }
}

/// Creates each database that its server has not; says of each what it did, in the order of
/// `databases`.
///
/// # Errors
///
/// [`SetupError`], for each database its own.
pub async fn create_databases(
    databases: impl Iterator<Item = &Located>,
) -> Vec<Result<Option<String>, SetupError>> {
    // One at a time: CREATE DATABASE locks the template that they are all made from.
    let turn = Mutex::new(());
    join_all(databases.map(|located| create_database(located, &turn))).await
}

async fn create_database(
    located: &Located,
    turn: &Mutex<()>,
) -> Result<Option<String>, SetupError> {
    let Location::Server { url, origin } = &located.location else { return Ok(None) };
    match connection::connect(url, located.database.name, origin).await {
        Ok(db) => {
            let _ = db.close().await;
            return Ok(None);
        }
        Err(ConnectError::NoDatabase { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let maintenance = url.with_database(MAINTENANCE_DATABASE);
    let db = connection::connect(&maintenance, located.database.name, origin).await?;
    let name = url.database();
    let command = format!("CREATE DATABASE {}", quoted(name));
    let created = {
        let _turn = turn.lock().await;
        db.execute_unprepared(&command).await
    };
    let _ = db.close().await;
    match created {
        Ok(_) => Ok(Some(format!("created the database `{name}`"))),
        Err(error) if sqlstate(&error).as_deref() == Some(INSUFFICIENT_PRIVILEGE) => {
            let role = role(located);
            let command = format!("{command} OWNER {};", quoted(role));
            Err(SetupError::Privilege { role: role.to_owned(), command })
        }
        Err(source) => Err(SetupError::Failed { command, source }),
    }
}

/// Creates the extensions of the schema that the database lacks; says what it did.
///
/// # Errors
///
/// [`SetupError`].
pub async fn create_extensions(opened: &Opened<'_>) -> Result<Vec<String>, SetupError> {
    let db = opened.session.connection();
    let mut made = Vec::new();
    for extension in opened.schema.extensions {
        let command = create_extension(extension);
        if is_installed(db, extension)
            .await
            .map_err(|source| SetupError::Failed { command: command.clone(), source })?
        {
            continue;
        }
        if let Err(source) = db.execute_unprepared(&command).await {
            let way_out = way_out(opened, &source);
            return Err(way_out.unwrap_or(SetupError::Failed { command, source }));
        }
        made.push(format!("created the extension `{extension}`"));
    }
    Ok(made)
}

/// What to do about an extension of the schema that `error` says could not be created, if it says
/// that.
pub(crate) fn way_out(opened: &Opened<'_>, error: &DbErr) -> Option<SetupError> {
    let message = said(error)?;
    // Whatever the language of the server, it quotes the name.
    let is_named = |name: &&&str| message.contains(&quoted(name));
    let extension = *opened.schema.extensions.iter().find(is_named)?;
    match sqlstate(error)?.as_str() {
        INSUFFICIENT_PRIVILEGE => Some(SetupError::Privilege {
            role: role(opened.located).to_owned(),
            command: format!("{}; (in `{}`)", create_extension(extension), opened.state.name),
        }),
        // undefined_file, feature_not_supported: there is no such control file.
        "58P01" | "0A000" => {
            Some(SetupError::ExtensionNotInstalled { extension: extension.to_owned() })
        }
        _ => None,
    }
}

async fn is_installed(db: &DatabaseConnection, extension: &str) -> Result<bool, DbErr> {
    let sql = "SELECT FROM pg_extension WHERE extname = $1";
    let look = Statement::from_sql_and_values(db.get_database_backend(), sql, [extension.into()]);
    Ok(db.query_one_raw(look).await?.is_some())
}

fn create_extension(extension: &str) -> String {
    format!("CREATE EXTENSION {}", quoted(extension))
}

/// The role that the session of a database has.
fn role(located: &Located) -> &str {
    match &located.location {
        Location::Server { url, .. } => url.options().get_username(),
        Location::Embedded { .. } => "postgres",
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
