//! A database of a server that is dropped when nobody needs it any more. Creates and drops.

use std::{
    hash::{BuildHasher, RandomState},
    thread,
};

use sea_orm::{ConnectionTrait, DatabaseConnection};

use super::ShadowError;
use crate::{connection, url::DatabaseUrl};

/// What the error of a connection calls the URL.
const ORIGIN: &str = "--shadow-url";

/// A database under a name that nothing else has.
#[derive(Debug)]
pub(super) struct Scratch {
    server: DatabaseUrl,
    name: String,
    is_there: bool,
}

impl Scratch {
    /// Creates it on the server of `url`, whose own database is left alone.
    pub(super) async fn create(url: &DatabaseUrl) -> Result<Self, ShadowError> {
        let name = format!("reynard_shadow_{:016x}", RandomState::new().hash_one(ORIGIN));
        let mut scratch = Self { server: url.clone(), name, is_there: false };
        let command = format!("CREATE DATABASE {} TEMPLATE template0", scratch.name);
        let db = scratch.connect().await?;
        let created = db.execute_unprepared(&command).await;
        let _ = db.close().await;
        created.map_err(|source| ShadowError::Create { command, source })?;
        scratch.is_there = true;
        Ok(scratch)
    }

    /// Where it is.
    pub(super) fn url(&self) -> DatabaseUrl {
        self.server.with_database(&self.name)
    }

    /// Drops it, whoever is still connected to it.
    pub(super) async fn remove(mut self) -> Result<(), ShadowError> {
        self.is_there = false;
        self.drop_database().await
    }

    async fn drop_database(&self) -> Result<(), ShadowError> {
        let db = self.connect().await?;
        let command = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let dropped = db.execute_unprepared(&command).await;
        let _ = db.close().await;
        dropped.map(drop).map_err(|source| ShadowError::Drop { name: self.name.clone(), source })
    }

    async fn connect(&self) -> Result<DatabaseConnection, ShadowError> {
        let connected = connection::connect(&self.server, "shadow", ORIGIN).await;
        connected.map_err(|error| ShadowError::Connect(Box::new(error)))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.is_there {
            return;
        }
        // What runs here may be a runtime on its way down: this needs one of its own.
        let dropping = thread::scope(|scope| {
            scope
                .spawn(|| {
                    let runtime =
                        tokio::runtime::Builder::new_current_thread().enable_all().build();
                    runtime.is_ok_and(|runtime| runtime.block_on(self.drop_database()).is_ok())
                })
                .join()
        });
        if !matches!(dropping, Ok(true)) {
            tracing::warn!("the shadow `{}` could not be dropped", self.name);
        }
    }
}
