//! Entities and migrations of the auth database, which holds Reynard's accounts, their roles and
//! permissions, and their PGP and SSH keys with a log of each use and rotation.
//!
//! An application reads and writes rows through [`entities`] and calls [`gatekeeper::ensure`] at
//! its start. It brings the database to the newest shape by `auth_schema::Migrator::up(&db, None)`,
//! or leaves the feature `migrations` out where something else does that.

pub mod entities;
pub mod gatekeeper;
#[cfg(feature = "migrations")]
pub mod migrations;

#[cfg(feature = "migrations")]
pub use migrations::Migrator;
