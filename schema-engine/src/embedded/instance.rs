//! PostgreSQL's own side: prepares the data, opens a backend, exchanges protocol messages.
//!
//! Everything here stays on one OS thread, as the WASM runtime asks.

use std::{path::PathBuf, time::SystemTime};

use oliphaunt_wasix::{
    DatabaseStorage, Extension,
    session::{
        PostgresConfig, PreparedDatabase, ProtocolSession, StartupConfig, default_catalog_profile,
        postgres_config_with_extension_startup, resolve_extension_set,
    },
};

use super::{
    EmbeddedError,
    folder::{self, Layout},
    wire,
};

const ROLE: &str = "postgres";
/// The database that every cluster has.
pub(crate) const MAINTENANCE_DATABASE: &str = "postgres";

/// A prepared cluster with the extensions that Reynard's schemas use.
pub(super) struct Instance {
    prepared: PreparedDatabase,
    config: PostgresConfig,
    extensions: Vec<Extension>,
    database: String,
    data: Option<PathBuf>,
    since: SystemTime,
}

impl Instance {
    /// Prepares the cluster of `layout` (memory without one) and creates `database` in it.
    pub(super) fn open(layout: Option<&Layout>, database: &str) -> Result<Self, EmbeddedError> {
        let since = SystemTime::now();
        let data = layout.map(Layout::data);
        let storage = data.clone().map_or(DatabaseStorage::Memory, DatabaseStorage::Directory);
        let prepared =
            PreparedDatabase::prepare(storage, default_catalog_profile(), ROLE).map_err(refused)?;
        let extensions = resolve_extension_set(&[
            Extension::BTREE_GIN,
            Extension::PG_TRGM,
            oliphaunt_extension_vector::VECTOR,
        ])
        .map_err(refused)?;
        let mut config = PostgresConfig::default();
        // Every start is a recovery, which with fsync syncs each file of the cluster; `close`
        // writes to disk what a run changed.
        config.insert("fsync", "off");
        let config =
            postgres_config_with_extension_startup(config, &extensions).map_err(refused)?;
        let instance =
            Self { prepared, config, extensions, database: database.to_owned(), data, since };
        let is_there = database == MAINTENANCE_DATABASE;
        if !is_there && !layout.is_some_and(Layout::is_prepared) {
            instance.create_database()?;
            if let Some(layout) = layout {
                layout.set_prepared().map_err(|error| refused(error.into()))?;
            }
        }
        Ok(instance)
    }

    /// Opens the backend for the next connection.
    pub(super) fn session(&self) -> Result<ProtocolSession, EmbeddedError> {
        let startup = StartupConfig { username: ROLE.to_owned(), database: self.database.clone() };
        self.prepared
            .runtime()
            .and_then(|runtime| {
                runtime.open_with_extensions(self.config.clone(), startup, &self.extensions)
            })
            .map_err(refused)
    }

    /// Gives the cluster back, with everything on disk.
    pub(super) fn close(mut self) -> Result<(), EmbeddedError> {
        self.prepared.release().map_err(refused)?;
        match &self.data {
            Some(data) => {
                folder::sync_changed(data, self.since).map_err(|error| refused(error.into()))
            }
            None => Ok(()),
        }
    }

    fn create_database(&self) -> Result<(), EmbeddedError> {
        let startup =
            StartupConfig { username: ROLE.to_owned(), database: MAINTENANCE_DATABASE.to_owned() };
        let mut session = self
            .prepared
            .runtime()
            .and_then(|runtime| runtime.open(self.config.clone(), startup))
            .map_err(refused)?;
        let name = &self.database;
        let found = session
            .send_buffered(&wire::query(&format!(
                "SELECT 1 FROM pg_database WHERE datname = '{name}'"
            )))
            .map_err(refused)?;
        if !found.windows(8).any(|window| window == b"SELECT 1") {
            // All clusters are copies of one and share its system identifier; the oid tells
            // two databases apart all the same.
            let oid = random_oid();
            let create = wire::query(&format!("CREATE DATABASE \"{name}\" OID = {oid}"));
            let output = session.send_buffered(&create).map_err(refused)?;
            if let Some(reason) = wire::error_text(&output) {
                return Err(EmbeddedError::Start { reason });
            }
        }
        session.shutdown().map_err(refused)
    }
}

/// A random object id above those that PostgreSQL gives out itself in a young cluster.
fn random_oid() -> u32 {
    use std::hash::{BuildHasher, RandomState};
    let random = RandomState::new().hash_one(std::process::id());
    0x4000_0000 | u32::try_from(random & 0x3fff_ffff).unwrap_or_default()
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
pub(super) fn refused(error: anyhow::Error) -> EmbeddedError {
    let mut reasons: Vec<String> = error.chain().map(ToString::to_string).collect();
    // A transparent error says what its source says.
    reasons.dedup();
    EmbeddedError::Start { reason: reasons.join(": ") }
}
