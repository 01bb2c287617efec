//! Entities and migrations of the `ecs` database: the agents of the simulated world with their
//! traits, skills, positions and interactions ([`ecs`]), and the vocabulary that their names are
//! made from ([`naming`]).
//!
//! An application reads and writes rows through the entities of the two modules, and brings a
//! database up to date with `ecs_schema::Migrator::up(&db, None)`. One that only reads and writes
//! rows leaves the default feature `migrations` out.

pub mod ecs;
#[cfg(feature = "migrations")]
pub mod migrations;
pub mod naming;

#[cfg(feature = "migrations")]
pub use migrations::Migrator;
