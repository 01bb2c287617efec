//! What can be written on the command line.

mod arguments;
mod shared;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use self::{arguments::*, shared::*};
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
