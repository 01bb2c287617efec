//! `migration-runner`: the engine's commands on the command line. Parses, calls, prints.

mod cli;
mod commands;
mod context;
mod databases;
mod examples;
mod exit;
mod logging;
mod output;

use std::process::ExitCode;

use cli::Cli;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let cli = Cli::read();
    logging::init(cli.verbose);
    match commands::run(cli).await {
        Ok(code) => code,
        Err(error) => {
            output::print_error(None, &error);
            exit::code_of(&error)
        }
    }
}
