//! What several commands take.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use schema_engine::sql;

/// Where the databases of a run are.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// The URL of the one database of this run
    #[arg(short = 'u', long, value_name = "URL", env = "REYNARD_DATABASE_URL", hide_env = true)]
    pub(crate) database_url: Option<String>,
    /// Use the embedded PostgreSQL for databases without a URL, even beside others with one
    #[arg(long)]
    pub(crate) embedded: bool,
    /// Never use the embedded PostgreSQL
    #[arg(long, conflicts_with = "embedded")]
    pub(crate) no_embedded: bool,
    /// Read this file instead of .env
    #[arg(long, value_name = "FILE")]
    pub(crate) env_file: Option<PathBuf>,
    /// Read no .env file
    #[arg(long, conflicts_with = "env_file")]
    pub(crate) no_dotenv: bool,
    /// How to say what happened
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Format,
}

/// How to live with others who use the database.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Manners {
    /// Wait so long for another runner to end
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    pub(crate) lock_wait: Duration,
    /// Let a statement wait so long for a lock, with everybody else waiting behind it; then try
    /// again
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = time)]
    pub(crate) lock_timeout: Duration,
    /// Try again so often
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) retries: u32,
    /// Let a statement take so long; 0 is for ever
    #[arg(long, value_name = "TIME", default_value = "0", value_parser = time)]
    pub(crate) statement_timeout: Duration,
}

fn time(text: &str) -> Result<Duration, &'static str> {
    sql::duration(text).ok_or("a time is like 500ms, 10s or 5min")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines for people
    Text,
    /// One JSON document on stdout
    Json,
}

/// What prints SQL instead of running it.
#[derive(Debug, Args)]
pub(crate) struct Script {
    /// Print the SQL script of it, for psql, and write nothing; of the database only its history is
    /// read
    #[arg(long, conflicts_with_all = ["dry_run", "output"])]
    pub(crate) sql: bool,
    /// Make the script for a database that ends at this migration, or is at `base`, and connect to
    /// none
    #[arg(long, value_name = "MIGRATION", requires = "sql")]
    pub(crate) from: Option<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
}

/// Where migrations are replayed.
#[derive(Debug, Args)]
pub(crate) struct InShadow {
    /// Make the throw-away database that migrations are replayed in on this server, by a role that
    /// may create databases [default: in memory]
    #[arg(long, value_name = "URL", env = "REYNARD_SHADOW_URL", hide_env = true)]
    pub(crate) shadow_url: Option<String>,
}
