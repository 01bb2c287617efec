//! The schema crate of a checkout: where its migrations lie and which there are. Reads files.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{CreateError, listing::Listing, name, register::RegisterError};
use crate::schema::Kind;

/// A schema crate and the part of it that a new migration goes into; paths are from its checkout.
pub(super) struct Crate<'a> {
    root: &'a Path,
    /// The file with the list.
    pub(super) list: PathBuf,
    /// The file with the list of the schema's tables.
    pub(super) tables: PathBuf,
    /// Every file with a list, that one included.
    lists: Vec<PathBuf>,
    /// The folder of the SQL files.
    sql: PathBuf,
}

impl<'a> Crate<'a> {
    pub(super) fn find(
        root: &'a Path,
        schema: &str,
        kind: Kind,
        module: Option<&str>,
    ) -> Result<Self, CreateError> {
        let package = PathBuf::from(format!("{schema}-schema"));
        let source = package.join("src");
        let top = source.join("migrations.rs");
        if !root.join(&top).is_file() {
            return Err(CreateError::NoCheckout { file: top, root: root.to_owned() });
        }
        let modules = modules(&root.join(&source))
            .map_err(|error| CreateError::Read { file: source.clone(), source: error })?;
        let list = match (kind, module) {
            (Kind::Sql, Some(_)) => return Err(CreateError::ModuleOfSql),
            (Kind::Rust, Some(module)) if modules.iter().any(|known| known == module) => {
                source.join(module).join("migrations.rs")
            }
            (Kind::Rust, Some(module)) => {
                return Err(CreateError::NoModule {
                    schema: schema.to_owned(),
                    module: module.to_owned(),
                    modules,
                });
            }
            // The module that is called like its database is the one that is meant.
            (Kind::Rust, None) if modules.iter().any(|known| known == schema) => {
                source.join(schema).join("migrations.rs")
            }
            (_, None) => top.clone(),
        };
        let lists = modules.iter().map(|module| source.join(module).join("migrations.rs"));
        let lists = lists.chain([top.clone()]).collect();
        Ok(Self { root, list, tables: top, lists, sql: package.join("sql") })
    }

    /// Where a file of the new migration goes.
    pub(super) fn rust_file(&self, name: &str) -> PathBuf {
        self.list.with_extension("").join(format!("{name}.rs"))
    }

    pub(super) fn sql_file(&self, name: &str, direction: &str) -> PathBuf {
        self.sql.join(format!("{name}.{direction}.sql"))
    }

    pub(super) fn read(&self, file: &Path) -> Result<String, CreateError> {
        fs::read_to_string(self.root.join(file))
            .map_err(|source| CreateError::Read { file: file.to_owned(), source })
    }

    /// The names of its migrations: those listed, and those that only a file speaks of.
    pub(super) fn names(&self) -> Result<Vec<String>, CreateError> {
        let mut names = Vec::new();
        for list in &self.lists {
            let listing = Listing::read(&self.read(list)?).map_err(|source| {
                let source = RegisterError::from_syntax(source);
                CreateError::Register { file: list.clone(), source }
            })?;
            names.extend(listing.names().map(str::to_owned));
            names.extend(self.stems(&list.with_extension(""))?);
        }
        names.extend(self.stems(&self.sql)?);
        names.retain(|name| name::slug_of(name).is_some());
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    fn stems(&self, folder: &Path) -> Result<Vec<String>, CreateError> {
        let files = entries(&self.root.join(folder))
            .map_err(|source| CreateError::Read { file: folder.to_owned(), source })?;
        let stem = |file: &String| file.split('.').next().unwrap_or_default().to_owned();
        Ok(files.iter().map(stem).collect())
    }
}

/// The folders of `source` that have migrations of their own.
fn modules(source: &Path) -> io::Result<Vec<String>> {
    let mut modules = entries(source)?;
    modules.retain(|module| source.join(module).join("migrations.rs").is_file());
    modules.sort_unstable();
    Ok(modules)
}

/// The names of what lies in a folder; none where there is no folder.
fn entries(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}
