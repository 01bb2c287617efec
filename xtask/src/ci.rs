//! `cargo xtask ci`: what must be true of every commit.

use std::process::{Command, ExitCode, Stdio};

use anyhow::Result;

use crate::{cargo, runner::SCHEMAS, test};

/// Runs every check, the quick ones first; the suite last, unless it ran already.
pub(crate) fn run(with_tests: bool) -> Result<ExitCode> {
    cargo::run(&mut cargo::command(&["fmt", "--all", "--check"])?)?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    cargo::run(&mut cargo::command(&lints)?)?;
    for (schema, _) in SCHEMAS {
        // What an application compiles that only reads and writes rows.
        let package = format!("{schema}-schema");
        let entities =
            ["clippy", "--package", &package, "--no-default-features", "--", "--deny", "warnings"];
        cargo::run(&mut cargo::command(&entities)?)?;
    }
    let mut documentation = cargo::command(&["doc", "--workspace", "--no-deps", "--quiet"])?;
    cargo::run(documentation.env("RUSTDOCFLAGS", "--deny warnings"))?;
    check_licences()?;
    if with_tests { test::run(&[]) } else { Ok(ExitCode::SUCCESS) }
}

fn check_licences() -> Result<()> {
    let probe = Command::new("cargo-deny").arg("--version").stdout(Stdio::null()).status();
    if probe.is_ok_and(|status| status.success()) {
        return cargo::run(&mut cargo::command(&[
            "deny",
            "--offline",
            "check",
            "licenses",
            "bans",
            "sources",
        ])?);
    }
    eprintln!("left out: the check of licences, because cargo-deny is not installed");
    Ok(())
}
