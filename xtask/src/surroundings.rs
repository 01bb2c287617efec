//! What the machine offers to the suite, and what of it the suite must not see.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Takes every variable from `command` that could lead it to somebody's database.
pub(crate) fn hide_databases(command: &mut Command) {
    for (variable, _) in env::vars_os() {
        let name = variable.to_string_lossy();
        if name.contains("DATABASE_URL") || name.starts_with("PG") || name.starts_with("REYNARD_") {
            command.env_remove(&variable);
        }
    }
}

/// What the tests on a real server lack on this machine, if they lack something.
pub(crate) fn missing_for_server() -> Option<&'static str> {
    let Some(programs) = server_programs() else {
        return Some("PostgreSQL's server programs");
    };
    let has_vector =
        share_folder(&programs).is_some_and(|share| share.join("vector.control").exists());
    if has_vector { None } else { Some("the extension pgvector") }
}

/// Whether a program is installed, be it where only an administrator's shell looks.
pub(crate) fn has_program(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.into_iter().any(|folder| folder.join(name).exists())
}

fn server_programs() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut packaged: Vec<PathBuf> = packaged.map(|version| version.path().join("bin")).collect();
    packaged.sort();
    env::split_paths(&path)
        .chain(packaged)
        .filter_map(|folder| fs::canonicalize(folder.join("initdb")).ok())
        .filter_map(|program| program.parent().map(Path::to_owned))
        .find(|folder| folder.join("postgres").exists())
}

/// Where the server looks for extensions: what `pg_config` says, or beside the programs as
/// Debian's packages have it.
fn share_folder(programs: &Path) -> Option<PathBuf> {
    let asked = Command::new(programs.join("pg_config")).arg("--sharedir").output();
    let said = asked.ok().filter(|output| output.status.success());
    if let Some(said) = said {
        return Some(Path::new(String::from_utf8_lossy(&said.stdout).trim()).join("extension"));
    }
    let version = programs.parent()?.file_name()?;
    Some(Path::new("/usr/share/postgresql").join(version).join("extension"))
}
