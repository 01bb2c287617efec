//! The folder of an embedded database: who holds it, and what lies where in it.
//!
//! Reads and writes `holder.json`, whose file lock says that a process has the folder and whose
//! text says which one.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde::{Deserialize, Serialize};

/// The process that has an embedded folder open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its process id on this machine.
    pub pid: u32,
    /// Where it serves the folder to others, if it does.
    pub url: Option<String>,
}

/// Why an embedded folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// Another process has it open.
    #[error("process {} holds the embedded database at {}", holder.pid, folder.display())]
    Held {
        /// The folder of the database.
        folder: PathBuf,
        /// The process that has it.
        holder: Holder,
    },
    /// The file system said no.
    #[error("cannot use the embedded database at {}", folder.display())]
    Io {
        /// The folder of the database.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// What lies where in an embedded folder.
#[derive(Debug, Clone)]
pub(super) struct Layout(PathBuf);

impl Layout {
    /// The root that PostgreSQL's files lie under.
    pub(super) fn data(&self) -> PathBuf {
        self.0.join("postgres")
    }

    /// Whether the database was created in it: a process may have died between the two steps.
    pub(super) fn is_prepared(&self) -> bool {
        self.0.join("prepared").exists()
    }

    pub(super) fn set_prepared(&self) -> io::Result<()> {
        fs::write(self.0.join("prepared"), "")
    }
}

/// An embedded folder that this process holds.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    // Its lock is the claim on the folder: it ends with the process, however that ends.
    holder: File,
}

impl Folder {
    /// Claims `path`, creating it where it is missing.
    pub(super) fn hold(path: &Path) -> Result<Self, FolderError> {
        let io = |source| FolderError::Io { folder: path.to_owned(), source };
        fs::create_dir_all(path).map_err(io)?;
        ignore_in_git(path).map_err(io)?;
        let holder = open_holder(path).map_err(io)?;
        match holder.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = read_holder(&holder).map_err(io)?;
                return Err(FolderError::Held { folder: path.to_owned(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        let mut folder = Self { path: path.to_owned(), holder };
        folder.write_holder(None)?;
        Ok(folder)
    }

    /// Who holds `path`: nobody where no process has its lock.
    pub(super) fn holder(path: &Path) -> Result<Option<Holder>, FolderError> {
        let io = |source| FolderError::Io { folder: path.to_owned(), source };
        if !holder_path(path).try_exists().map_err(io)? {
            return Ok(None);
        }
        let file = open_holder(path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => Ok(None),
            Err(TryLockError::WouldBlock) => read_holder(&file).map(Some).map_err(io),
            Err(TryLockError::Error(source)) => Err(io(source)),
        }
    }

    pub(super) fn announce(&mut self, url: &str) -> Result<(), FolderError> {
        self.write_holder(Some(url.to_owned()))
    }

    pub(super) fn layout(&self) -> Layout {
        Layout(self.path.clone())
    }

    fn write_holder(&mut self, url: Option<String>) -> Result<(), FolderError> {
        let holder = Holder { pid: std::process::id(), url };
        self.holder
            .set_len(0)
            .and_then(|()| self.holder.rewind())
            .and_then(|()| Ok(serde_json::to_writer(&self.holder, &holder)?))
            .and_then(|()| self.holder.flush())
            .map_err(|source| FolderError::Io { folder: self.path.clone(), source })
    }
}

/// Writes to disk what was changed under `folder` since `start`.
///
/// The server runs without fsync: it is started from a state that needs recovery every time, and
/// with fsync on it then syncs every file there is. This does it once, for what a session wrote.
pub(super) fn sync_changed(folder: &Path, start: SystemTime) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            sync_changed(&entry.path(), start)?;
        } else if metadata.modified()? >= start {
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}

fn holder_path(folder: &Path) -> PathBuf {
    folder.join("holder.json")
}

fn open_holder(folder: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(holder_path(folder))
}

fn read_holder(mut file: &File) -> io::Result<Holder> {
    let mut text = String::new();
    file.rewind()?;
    file.read_to_string(&mut text)?;
    // Between its lock and its first line a holder has no name yet.
    Ok(serde_json::from_str(&text).unwrap_or(Holder { pid: 0, url: None }))
}

/// Keeps the data out of a repository whose `.gitignore` does not know of it.
fn ignore_in_git(folder: &Path) -> io::Result<()> {
    let Some(parent) = folder.parent() else { return Ok(()) };
    let ignore = parent.join(".gitignore");
    if ignore.try_exists()? { Ok(()) } else { fs::write(ignore, "*\n") }
}
