//! `cargo xtask test`: the whole suite, or as much of it as the machine can run.

use std::{env, process::ExitCode};

use anyhow::{Result, bail};

use crate::{cargo, surroundings};

/// Runs the suite; `filters` select tests by name.
pub(crate) fn run(filters: &[String]) -> Result<ExitCode> {
    let gaps = gaps();
    if let Some(gap) = gaps.first()
        && env::var_os("CI").is_some()
    {
        bail!("CI runs every test, and this machine lacks {}", gap.missing);
    }
    let mut command = cargo::command(&["test", "--workspace", "--no-fail-fast", "--"])?;
    command.args(filters);
    for gap in &gaps {
        command.args(["--skip", gap.tests]);
    }
    surroundings::hide_databases(&mut command);
    let outcome = cargo::run(&mut command);
    if gaps.is_empty() {
        eprintln!("\nnothing was left out");
    }
    for Gap { tests, what, missing } in gaps {
        eprintln!("\nleft out: {what} (`{tests}…`), because this machine lacks {missing}");
    }
    outcome.map(|()| ExitCode::SUCCESS)
}

/// Tests that this machine cannot run.
struct Gap {
    /// What their names contain.
    tests: &'static str,
    /// What they are.
    what: &'static str,
    /// What they need.
    missing: &'static str,
}

fn gaps() -> Vec<Gap> {
    let server = surroundings::missing_for_server().map(|missing| Gap {
        tests: "server::",
        what: "every test that needs a PostgreSQL server",
        missing,
    });
    let lacks = |program| server.is_none() && !surroundings::has_program(program);
    let sea_orm_cli = lacks("sea-orm-cli").then_some(Gap {
        tests: "sea_orm_cli::installed::",
        what: "the test that starts sea-orm-cli",
        missing: "sea-orm-cli",
    });
    let pooler = lacks("pgbouncer").then_some(Gap {
        tests: "pooler::installed::",
        what: "every test that goes through a pooler",
        missing: "PgBouncer",
    });
    let openssl = lacks("openssl").then_some(Gap {
        tests: "server::tls::",
        what: "every test of an encrypted connection",
        missing: "openssl",
    });
    let terminal = (!surroundings::has_program("script")).then_some(Gap {
        tests: "autogenerate::wrong::",
        what: "what is wrong in a checkout, and what is asked on a terminal",
        missing: "script, which is part of util-linux",
    });
    let of_server = server.into_iter().chain(sea_orm_cli).chain(pooler).chain(openssl);
    of_server.chain(terminal).collect()
}
