//! Calls cargo, the one that runs us.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};

/// The checkout.
pub(crate) fn workspace() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
    let workspace = Path::new(&package).parent().context("xtask lies in a workspace")?;
    Ok(workspace.to_owned())
}

/// A cargo command in the checkout.
pub(crate) fn command(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(workspace()?);
    // What cargo told us of our own package is not the next one's.
    for (variable, _) in env::vars_os() {
        let name = variable.to_string_lossy();
        let is_ours = name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        if is_ours || name == "CARGO_BIN_NAME" || name == "CARGO_CRATE_NAME" {
            command.env_remove(&variable);
        }
    }
    Ok(command)
}

/// Runs a command that must succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Builds a binary with these features; gives its path. Cargo's progress goes to stderr.
pub(crate) fn build(package: &str, features: &str) -> Result<PathBuf> {
    let mut command = command(&[
        "build",
        "--package",
        package,
        "--no-default-features",
        "--features",
        features,
        "--message-format=json-render-diagnostics",
    ])?;
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("{} failed", shown(&command));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let is_binary = |line: &&str| {
        line.contains("\"compiler-artifact\"") && line.contains(&format!("\"name\":\"{package}\""))
    };
    let path =
        messages.lines().filter(is_binary).find_map(|line| string_after(line, "\"executable\":\""));
    path.map(PathBuf::from).with_context(|| format!("cargo built no binary of {package}"))
}

/// The JSON string that follows `key`; the paths that cargo prints hold no other escape.
fn string_after(line: &str, key: &str) -> Option<String> {
    let rest = line.split_once(key)?.1;
    Some(rest.split_once('"')?.0.replace("\\\\", "\\"))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
