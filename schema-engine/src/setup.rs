//! `setup`: from a server to a database with everything that its migrations need.
//!
//! Creates databases and extensions.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, RuntimeErr, Statement, sqlx};

use crate::{
    connection::{self, ConnectError},
    location::{Located, Location},
    open::Opened,
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
         ({}) and run `setup` again",
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

/// Creates the database of `located` where its server has none; says what it did.
///
/// # Errors
///
/// [`SetupError`].
pub async fn create_database(located: &Located) -> Result<Option<String>, SetupError> {
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
    let role = url.options().get_username();
    let created = create(&db, &format!("CREATE DATABASE {}", quoted(name)), role, None).await;
    let _ = db.close().await;
    created.map(|()| Some(format!("created the database `{name}`")))
}

/// Creates the extensions of the schema that the database lacks; says what it did.
///
/// # Errors
///
/// [`SetupError`].
pub async fn create_extensions(opened: &Opened<'_>) -> Result<Vec<String>, SetupError> {
    let db = opened.session.connection();
    let role = match &opened.located.location {
        Location::Server { url, .. } => url.options().get_username(),
        Location::Embedded { .. } => "postgres",
    };
    let mut made = Vec::new();
    for extension in opened.schema.extensions {
        let command = format!("CREATE EXTENSION {}", quoted(extension));
        if is_installed(db, extension)
            .await
            .map_err(|source| SetupError::Failed { command: command.clone(), source })?
        {
            continue;
        }
        match create(db, &command, role, Some(&opened.state.name)).await {
            Ok(()) => made.push(format!("created the extension `{extension}`")),
            // undefined_file, feature_not_supported: there is no such control file.
            Err(SetupError::Failed { source, .. })
                if matches!(sqlstate(&source).as_deref(), Some("58P01" | "0A000")) =>
            {
                return Err(SetupError::ExtensionNotInstalled {
                    extension: (*extension).to_owned(),
                });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(made)
}

async fn is_installed(db: &DatabaseConnection, extension: &str) -> Result<bool, DbErr> {
    let sql = "SELECT FROM pg_extension WHERE extname = $1";
    let look = Statement::from_sql_and_values(db.get_database_backend(), sql, [extension.into()]);
    Ok(db.query_one_raw(look).await?.is_some())
}

async fn create(
    db: &DatabaseConnection,
    command: &str,
    role: &str,
    database: Option<&str>,
) -> Result<(), SetupError> {
    match db.execute_unprepared(command).await {
        Ok(_) => Ok(()),
        // insufficient_privilege
        Err(error) if sqlstate(&error).as_deref() == Some("42501") => Err(SetupError::Privilege {
            role: role.to_owned(),
            command: match database {
                Some(database) => format!("{command}; (in `{database}`)"),
                None => format!("{command} OWNER {};", quoted(role)),
            },
        }),
        Err(source) => Err(SetupError::Failed { command: command.to_owned(), source }),
    }
}

/// The five characters by which PostgreSQL names an error.
pub fn sqlstate(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(cause) | DbErr::Query(cause) | DbErr::Conn(cause)) = error else {
        return None;
    };
    let RuntimeErr::SqlxError(error) = cause else { return None };
    let sqlx::Error::Database(error) = error.as_ref() else { return None };
    error.code().map(String::from)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
