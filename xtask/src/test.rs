//! `cargo xtask test`: the whole suite, or as much of it as the machine can run.

use std::{env, process::ExitCode};

use anyhow::{Result, bail};

use crate::{cargo, surroundings};

/// Runs the suite; `filters` select tests by name.
pub(crate) fn run(filters: &[String]) -> Result<ExitCode> {
    let missing = surroundings::missing_for_server();
    if let Some(missing) = missing
        && env::var_os("CI").is_some()
    {
        bail!("CI runs every test, and this machine lacks {missing}");
    }
    let mut command = cargo::command(&["test", "--workspace", "--no-fail-fast", "--"])?;
    command.args(filters);
    if missing.is_some() {
        command.args(["--skip", "server::"]);
    }
    surroundings::hide_databases(&mut command);
    let outcome = cargo::run(&mut command);
    match missing {
        Some(missing) => eprintln!(
            "\nleft out: every test that needs a PostgreSQL server (`server::…`), because this \
             machine lacks {missing};\neverything else ran on the embedded PostgreSQL"
        ),
        None => eprintln!("\nnothing was left out"),
    }
    outcome.map(|()| ExitCode::SUCCESS)
}
