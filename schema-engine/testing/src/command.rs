//! Commands that see nothing of the surroundings they are started from.

use std::{env, ffi::OsStr, path::Path, process::Command};

/// Whether a variable could lead a command to somebody's database, or tell it where a checkout is.
pub fn is_dangerous(variable: &str) -> bool {
    variable.contains("DATABASE_URL")
        || ["PG", "REYNARD_", "CARGO_", "RUST_LOG", "MIGRATION_", "DATABASE_"]
            .iter()
            .any(|prefix| variable.starts_with(prefix))
}

/// A command in `folder` without any variable that could lead it astray.
pub fn isolated(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    for (variable, _) in env::vars_os() {
        if variable.to_str().is_none_or(is_dangerous) {
            command.env_remove(variable);
        }
    }
    command
}
