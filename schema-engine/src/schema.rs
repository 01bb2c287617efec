//! What a schema crate hands to the engine: its migrations in order, and what surrounds them.

use std::{fmt, pin::Pin};

use sea_orm::{DatabaseConnection, DbErr};
use sea_orm_migration::MigrationTrait;
use serde::Serialize;
use sql_migration::{SeedRows, SqlMigration};

use crate::lint::Finding;

/// How a migration is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A Rust type that issues statements.
    Rust,
    /// A pair of SQL files.
    Sql,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Rust => "rust",
            Self::Sql => "sql",
        })
    }
}

/// One migration of a lineage.
pub struct Migration {
    /// Its name, `mYYYYMMDD_HHMMSS_<slug>`.
    pub name: String,
    /// How it is written.
    pub kind: Kind,
    /// The id that a database which Alembic migrated knows it by.
    pub alembic_revision: Option<&'static str>,
    /// Its files, where it is written in SQL.
    pub sql: Option<SqlMigration>,
    /// Its checksum in this build; none until the checkout has one for it.
    pub checksum: Option<&'static str>,
    /// What is dangerous in it, as the checkout has it.
    pub hazards: Vec<Finding>,
    /// The files that it reads when it is applied, as a user would call them, if it reads some.
    pub reads_files: Option<&'static str>,
    /// What it does.
    pub body: Box<dyn MigrationTrait>,
}

impl Migration {
    /// Whether it runs in a transaction, or wants to run outside one.
    pub fn runs_in_transaction(&self) -> bool {
        self.body.use_transaction().unwrap_or(true)
    }
}

impl fmt::Debug for Migration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Migration").field(&self.name).finish()
    }
}

/// A future of a hook, on the connection that it was given.
pub type HookFuture<'a> = Pin<Box<dyn Future<Output = Result<Vec<String>, DbErr>> + Send + 'a>>;

/// Tables that another program manages and that the migrations build on.
#[derive(Debug, Clone, Copy)]
pub struct Managed {
    /// Their names: alone, they do not make a database one of this schema.
    pub tables: &'static [&'static str],
    /// Creates what is missing of them and says what that was.
    pub ensure: for<'a> fn(&'a DatabaseConnection) -> HookFuture<'a>,
}

/// The schema of a database: a lineage of migrations, and what must be there around it.
#[derive(Debug)]
pub struct Schema {
    /// The name of the schema crate without its ending, as [`crate::database::Database::schema`].
    pub name: &'static str,
    /// The lineage, oldest first.
    pub migrations: Vec<Migration>,
    /// The modules of the entities, as SeaORM's registry takes them: `<crate>::*`.
    pub entities: &'static str,
    /// Alembic revisions that are no migrations, each with the one whose database they left as it
    /// was: a live database can be at one of them.
    pub alembic_aliases: &'static [(&'static str, &'static str)],
    /// The tables that the lineage makes: what an unknown database is recognised by.
    pub tables: &'static [&'static str],
    /// The PostgreSQL extensions that `setup` creates.
    pub extensions: &'static [&'static str],
    /// Tables of another program, if the lineage builds on some.
    pub managed: Option<Managed>,
    /// The rows that migrations brought and that the application counts on, in an order in which
    /// they can be put back.
    pub seeds: Vec<SeedRows>,
    /// Hazards of migrations in Rust that were looked at and let pass: the migration, the hazard,
    /// the reason. An SQL migration says so in its head.
    pub allowed_hazards: &'static [(&'static str, &'static str, &'static str)],
}

impl Schema {
    /// The names of its migrations, oldest first.
    pub fn names(&self) -> Vec<&str> {
        self.migrations.iter().map(|migration| migration.name.as_str()).collect()
    }

    /// Finds a migration by its whole name.
    pub fn find(&self, name: &str) -> Option<&Migration> {
        self.migrations.iter().find(|migration| migration.name == name)
    }
}
