//! One module a command; each returns the exit status.

mod adopt;
mod check;
mod checksums;
mod create;
mod diff;
mod doctor;
mod history;
mod lint;
mod migrate;
mod repair;
mod reset;
mod rollback;
mod script;
#[cfg(feature = "embedded")]
mod serve;
mod setup;
mod side_by_side;
mod status;
mod verify;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::{Cli, Command};

/// Runs the command of the command line.
pub(crate) async fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        Command::Migrate(args) => migrate::run(args).await,
        Command::Rollback(args) => rollback::run(args).await,
        Command::Fresh(args) => reset::fresh(args).await,
        Command::Refresh(args) => reset::refresh(args).await,
        Command::Reset(args) => reset::reset(args).await,
        Command::Adopt(args) => adopt::run(args).await,
        Command::Repair(args) => repair::run(args).await,
        Command::Check(args) => check::run(args).await,
        Command::Diff(args) => diff::run(args).await,
        Command::Checksums(args) => checksums::run(args).await,
        Command::Completions { shell } => {
            Cli::print_completions(shell);
            Ok(ExitCode::SUCCESS)
        }
        Command::Status(args) => status::run(args).await,
        Command::History(args) => history::run(args).await,
        Command::Create(args) => create::run(&args).await,
        Command::Setup(args) => setup::run(args).await,
        Command::Doctor(args) => doctor::run(args).await,
        Command::Lint(args) => lint::run(args).await,
        Command::Verify(args) => verify::run(args).await,
        #[cfg(feature = "embedded")]
        Command::Serve(args) => serve::run(args).await,
    }
}
