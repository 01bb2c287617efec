//! Entities and migrations of the `main` database.
//!
//! `main` holds what agents write and what they search: notes, todos and tags; the tools they may
//! call; the documents, files and datasets of the repository with their embeddings; and who may do
//! what with all of it. An application queries through [`entities`] and may bring the database up
//! to date at its start with `main_schema::Migrator::up(&db, None)`; one that only reads and
//! writes rows leaves the default feature `migrations` out.

pub mod entities;

#[cfg(feature = "migrations")]
pub mod email_data;
#[cfg(feature = "migrations")]
pub mod migrations;
#[cfg(feature = "migrations")]
pub use migrations::Migrator;
