//! What can be written on the command line.

use std::{path::PathBuf, time::Duration};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use schema_engine::{hazard::Hazard, sql};

use crate::{context::UsageError, examples, exit, output};

/// What the binary is called.
const NAME: &str = "migration-runner";

const ABOUT: &str = "Runs the migrations of Reynard's databases.

A database is auth, main, ecs, mcp, a twin of one (auth_e2e, e2e, ecs_e2e, mcp_e2e), or a group: \
all, all_e2e. It is where its URL says; without a URL it is a PostgreSQL inside this process that \
keeps its data under .reynard/.";

#[derive(Debug, Parser)]
#[command(name = NAME, version, about = ABOUT)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Show on stderr what is being done, twice for more; the variable `RUST_LOG` chooses in detail
    #[arg(short, long, action = clap::ArgAction::Count, global = true, display_order = 100)]
    pub(crate) verbose: u8,
}

impl Cli {
    /// Reads the command line; prints help or what is wrong with it and exits.
    pub(crate) fn read() -> Self {
        let invoked_as = std::env::var("REYNARD_INVOKED_AS");
        let invoked_as = invoked_as.as_deref().unwrap_or(NAME);
        let command = examples::add(Self::command(), invoked_as).bin_name(invoked_as);
        let read = command.try_get_matches().and_then(|words| Self::from_arg_matches(&words));
        read.unwrap_or_else(|error| refuse(&error))
    }

    /// Prints the completion script of a shell.
    pub(crate) fn print_completions(shell: Shell) {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Self::command(), NAME, &mut script);
        output::print(String::from_utf8_lossy(&script).trim_end());
    }
}

/// Says what is wrong with the command line, but does not repeat a URL: it may hold a password.
fn refuse(error: &clap::Error) -> ! {
    if error.use_stderr() && error.to_string().contains(['@', '/']) {
        let usage = UsageError::StrayUrl.into();
        output::print_error(None, &usage);
        std::process::exit(exit::status_of(&usage).into());
    }
    error.exit()
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Apply what is pending
    #[command(visible_aliases = ["up", "upgrade"])]
    Migrate(Migrate),
    /// Revert what was applied, the newest first
    #[command(visible_aliases = ["down", "downgrade"])]
    Rollback(Rollback),
    /// Say where each database stands
    #[command(visible_alias = "current")]
    Status(Status),
    /// List the lineage: what each migration is, when and by whom it was applied
    History(History),
    /// Write a new migration, to be filled in, and list it
    Create(Create),
    /// Create missing databases and extensions, then migrate
    Setup(Setup),
    /// Compare the entities with what the migrations make; needs no database
    Check(Check),
    /// Compare a database with what its migrations give; with the SQL both ways
    Diff(Diff),
    /// Find what is dangerous in pending migrations: locks, rewrites, data loss
    Lint(Lint),
    /// Replay everything in a throw-away database: up, down, up again
    Verify(Verify),
    /// Say what is in the way of a migration or an application, and how to mend it
    Doctor(Doctor),
    /// Drop everything in a database and migrate it again
    Fresh(Destructive),
    /// Revert everything that is applied and migrate again
    Refresh(Destructive),
    /// Revert everything that is applied
    Reset(Destructive),
    /// Take over a database that Alembic ran, after comparing it
    Adopt(Adopt),
    /// Show a migration that ended halfway, and finish or mark it
    Repair(Repair),
    /// Write the checksums of the migrations into the checkout
    #[command(hide = true)]
    Checksums(Checksums),
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Keep the embedded PostgreSQL of a database running and print its URL
    #[cfg(feature = "embedded")]
    Serve(Serve),
}

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

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// End with this migration applied: its name, a prefix, its slug or its Alembic revision
    #[arg(long, value_name = "MIGRATION", conflicts_with = "num")]
    pub(crate) to: Option<String>,
    /// Apply at most so many
    #[arg(short, long, value_name = "N")]
    pub(crate) num: Option<usize>,
    /// Say what would run and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) script: Script,
    /// Apply a pending migration that is older than the newest applied one
    #[arg(long)]
    pub(crate) allow_out_of_order: bool,
    /// Agree to what loses data of a production database, by the name of the hazard
    #[arg(long, value_name = "HAZARD")]
    pub(crate) allow_hazard: Vec<Hazard>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Rollback {
    /// Databases or groups
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Keep this migration and revert what follows it; `base` reverts everything
    #[arg(long, value_name = "MIGRATION", conflicts_with = "num")]
    pub(crate) to: Option<String>,
    /// Revert so many [default: 1]
    #[arg(short, long, value_name = "N")]
    pub(crate) num: Option<usize>,
    /// Say what would run and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) script: Script,
    /// Agree to lose data of this production database, by the name it has on its server
    #[arg(long, value_name = "NAME")]
    pub(crate) yes_destroy: Option<String>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
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

/// What `fresh`, `refresh` and `reset` take.
#[derive(Debug, Args)]
pub(crate) struct Destructive {
    /// Databases or groups
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Say what would run and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Agree to lose data of this production database, by the name it has on its server
    #[arg(long, value_name = "NAME")]
    pub(crate) yes_destroy: Option<String>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Adopt {
    /// The database
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// Run the SQL that mends what differs, in one transaction with the takeover
    #[arg(long)]
    pub(crate) mend: bool,
    /// Take the database over as it is, and write down what differs
    #[arg(long, conflicts_with = "mend")]
    pub(crate) accept_differences: bool,
    /// Agree that mending may lose data of this production database, by the name it has on its
    /// server
    #[arg(long, value_name = "NAME", requires = "mend")]
    pub(crate) yes_destroy: Option<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// The database
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// Go on behind the last statement that stands; a Rust migration runs again from its beginning
    #[arg(long)]
    pub(crate) finish: bool,
    /// Note that all of it stands: it counts as applied
    #[arg(long, conflicts_with = "finish")]
    pub(crate) mark_applied: bool,
    /// Note that nothing of it stands: it counts as not applied
    #[arg(long, conflicts_with_all = ["finish", "mark_applied"])]
    pub(crate) mark_not_applied: bool,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Exit with 3 if anything is pending or wrong
    #[arg(long)]
    pub(crate) exit_code: bool,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct History {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// List every run ever, failed ones and reverts included
    #[arg(long)]
    pub(crate) journal: bool,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The database whose lineage it continues
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// What it does, in a few words: its name is made of them
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) message: String,
    /// How it is to be written
    #[arg(long, value_name = "KIND", default_value = "rust")]
    pub(crate) kind: WrittenIn,
    /// Write what turns what the migrations make into what the entities say, to be read before it
    /// runs
    #[arg(long)]
    pub(crate) autogenerate: bool,
    /// A table, `old=new`, a column or a label, `table.old=new`, only has another name: nothing of
    /// it is lost
    #[arg(long = "rename", value_name = "OLD=NEW", requires = "autogenerate")]
    pub(crate) renames: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    /// Put a Rust migration into this module of the schema [default: the one called like it, if
    /// it has modules]
    #[arg(long, value_name = "MODULE")]
    pub(crate) module: Option<String>,
    /// How to say what was written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WrittenIn {
    /// A type that issues statements
    Rust,
    /// A pair of SQL files, up and down
    Sql,
}

/// Where migrations are replayed.
#[derive(Debug, Args)]
pub(crate) struct InShadow {
    /// Make the throw-away database that migrations are replayed in on this server, by a role that
    /// may create databases [default: in memory]
    #[arg(long, value_name = "URL", env = "REYNARD_SHADOW_URL", hide_env = true)]
    pub(crate) shadow_url: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Checksums {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Write nothing, and exit with 3 if one is stale
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Look at these migrations rather than at what is pending, whatever the tables hold
    #[arg(long, value_name = "MIGRATION")]
    pub(crate) migration: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    /// How to say what differs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Compare the migrations with the entities instead, as `check` does
    #[arg(long)]
    pub(crate) entities: bool,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Setup {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Set up their e2e twins too
    #[arg(long)]
    pub(crate) e2e: bool,
    /// Put back the rows that migrations brought and that are missing; what was changed stays
    #[arg(long)]
    pub(crate) seed_rows: bool,
    /// Let this role, an application's, use every table and sequence, now and later, but none of
    /// the tool's own tables
    #[arg(long, value_name = "ROLE")]
    pub(crate) app_role: Option<String>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Look also at what this role, an application's, may do
    #[arg(long, value_name = "ROLE")]
    pub(crate) app_role: Option<String>,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[cfg(feature = "embedded")]
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The database
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// Listen on this port, so that the URL stays the same [default: any free one]
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
    /// How to say where it listens
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Format,
}
