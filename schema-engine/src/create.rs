//! `create`: a new migration in a checkout, as a file to fill in and as an entry in its list.
//!
//! Reads and writes the files of a schema crate, and nothing of a database.

mod checkout;
mod listing;
mod name;
mod register;
mod tables;
mod template;
mod write;

use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use sea_orm::prelude::DateTimeUtc;
use serde::Serialize;

use self::{
    checkout::Crate,
    name::{Message, slug_of, time_of},
    write::Changed,
};
pub use self::{name::NameError, register::RegisterError};
use crate::{diff::Change, render::rust, schema::Kind};

/// What the new migration is to be.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The schema whose lineage it continues.
    pub schema: &'a str,
    /// What it does, in a few words.
    pub message: &'a str,
    /// How it is to be written.
    pub kind: Kind,
    /// The module of the schema crate that it goes into, where the crate has several.
    pub module: Option<&'a str>,
    /// What it does, where that is known; else it is to be filled in.
    pub changes: Option<Changes<'a>>,
}

/// What a migration does.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'a> {
    /// When it is applied.
    pub up: &'a [Change],
    /// When it is reverted.
    pub down: &'a [Change],
}

/// What was made; paths are from the checkout.
#[derive(Debug, Serialize)]
pub struct Created {
    /// The migration's name.
    pub migration: String,
    /// How it is written.
    pub kind: Kind,
    /// The new files.
    pub files: Vec<PathBuf>,
    /// The file whose list it is in.
    pub registered_in: PathBuf,
    /// The file whose `TABLES` it changed, if it makes, drops or renames tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tables_in: Option<PathBuf>,
}

/// Why there is no new migration; nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// The folder is no checkout, or the schema has no crate there.
    #[error("there is no `{}` in {}: `create` writes into a checkout", file.display(), root.display())]
    NoCheckout {
        /// What was looked for.
        file: PathBuf,
        /// The folder.
        root: PathBuf,
    },
    /// The crate has no such module.
    #[error("{schema} has no module `{module}` with migrations{}", offer(modules))]
    NoModule {
        /// The schema.
        schema: String,
        /// What was asked for.
        module: String,
        /// Those that it has.
        modules: Vec<String>,
    },
    /// A module for a migration that belongs to none.
    #[error("`--module` is for Rust migrations: the SQL migrations of a schema lie in one folder")]
    ModuleOfSql,
    /// The message makes no name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// There is a migration that a user could not tell from the new one.
    #[error("`{existing}` has that name already; say it in other words")]
    Exists {
        /// The migration.
        existing: String,
    },
    /// A new migration must come last, and by the clock it would not.
    #[error("`{newest}` is newer than `{name}` would be: is the clock of this machine right?")]
    Newer {
        /// The newest migration that there is.
        newest: String,
        /// The name by the clock.
        name: String,
    },
    /// Its list could not take it.
    #[error("nothing was written, because `{}` cannot list it", file.display())]
    Register {
        /// The file of the list.
        file: PathBuf,
        /// What is in the way.
        #[source]
        source: RegisterError,
    },
    /// A file of the crate could not be read.
    #[error("cannot read `{}`", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A file could not be written; what was written before it is gone again.
    #[error("cannot write `{}`", file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

fn offer(modules: &[String]) -> String {
    if modules.is_empty() {
        return ": leave `--module` out".to_owned();
    }
    format!("; it has {}", modules.join(", "))
}

/// Creates a migration in the checkout at `root`, called after its message and the time `now`.
///
/// # Errors
///
/// [`CreateError`]; then the checkout is as it was.
pub fn create(root: &Path, wanted: &Wanted<'_>, now: SystemTime) -> Result<Created, CreateError> {
    let Wanted { schema, kind, module, .. } = *wanted;
    let message = Message::read(wanted.message)?;
    let package = Crate::find(root, schema, kind, module)?;
    let name = new_name(&message, &package.names()?, now)?;

    let (changed, tables_in) = lists(root, &package, wanted, &name)?;
    let files = files(root, &package, wanted, &message.text, &name);
    write::write(root, &files, &changed)?;
    Ok(Created {
        migration: name,
        kind,
        files: files.into_iter().map(|(file, _)| file).collect(),
        registered_in: package.list,
        tables_in,
    })
}

/// The file that lists the migration `name`, and that of the tables where they change, which may be
/// the same.
fn lists(
    root: &Path,
    package: &Crate<'_>,
    wanted: &Wanted<'_>,
    name: &str,
) -> Result<(Vec<Changed>, Option<PathBuf>), CreateError> {
    let Crate { list: file, tables, .. } = package;
    let up = wanted.changes.map(|changes| changes.up).unwrap_or_default();
    let in_tables = package.read(tables)?;
    let with_tables = tables::in_step(&in_tables, up);
    let tables_in = with_tables.is_some().then(|| tables.clone());
    let mut changed = Vec::new();

    let before = package.read(file)?;
    let base = match with_tables {
        Some(text) if file == tables => text,
        Some(text) => {
            let after = write::laid_out(root, &in_tables, &text)
                .filter(|laid_out| tables::is_same(laid_out, &text))
                .unwrap_or(text);
            changed.push(Changed { file: tables.clone(), before: in_tables, after });
            before.clone()
        }
        None => before.clone(),
    };
    let refused = |source| CreateError::Register { file: file.clone(), source };
    let spliced = register::register(&base, name, wanted.kind).map_err(refused)?;
    let after = write::laid_out(root, &before, &spliced)
        .filter(|text| register::is_registered(&base, text, name, wanted.kind))
        .unwrap_or(spliced);
    changed.push(Changed { file: file.clone(), before, after });
    Ok((changed, tables_in))
}

/// The files of the migration `name`, with their text.
fn files(
    root: &Path,
    package: &Crate<'_>,
    wanted: &Wanted<'_>,
    message: &str,
    name: &str,
) -> Vec<(PathBuf, String)> {
    match (wanted.kind, wanted.changes) {
        (Kind::Rust, None) => vec![(package.rust_file(name), template::rust(message))],
        (Kind::Rust, Some(changes)) => {
            let text = rust::migration(&template::header(message), changes.up, changes.down);
            let laid_out = write::rustfmt(root, &text).unwrap_or(text);
            vec![(package.rust_file(name), laid_out)]
        }
        (Kind::Sql, changes) => {
            let (up, down) = match changes {
                None => (template::sql_up(name, message), template::sql_down(name, message)),
                Some(Changes { up, down }) => {
                    (template::sql_of(message, up), template::sql_back(message, down))
                }
            };
            vec![(package.sql_file(name, "up"), up), (package.sql_file(name, "down"), down)]
        }
    }
}

/// How far ahead of the clock a name may be, so that several migrations of one second have an
/// order.
const AHEAD: Duration = Duration::from_mins(1);

/// The name by the clock, or as little later as makes it the last of the lineage.
fn new_name(message: &Message, names: &[String], now: SystemTime) -> Result<String, CreateError> {
    if let Some(existing) = names.iter().find(|name| slug_of(name) == Some(&message.slug)) {
        return Err(CreateError::Exists { existing: existing.clone() });
    }
    let newest = names.iter().max().map_or("", String::as_str);
    let mut by_clock = (0..AHEAD.as_secs())
        .map(|seconds| message.name(DateTimeUtc::from(now + Duration::from_secs(seconds))));
    by_clock.find(|name| time_of(name) > time_of(newest)).ok_or_else(|| CreateError::Newer {
        newest: newest.to_owned(),
        name: message.name(DateTimeUtc::from(now)),
    })
}

#[cfg(all(test, unix))]
mod nonsense;
#[cfg(test)]
mod tests;
