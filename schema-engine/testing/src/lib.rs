//! What the tests of this workspace share: databases to test on, facts to hold them against, and
//! commands that cannot reach anybody's own database.

pub mod catalog;
pub mod command;
pub mod database;
pub mod entities;
pub mod facts;
pub mod lineage;
pub mod log;
pub mod mutations;
pub mod seeds;
pub mod server;
mod shape;

pub use database::TestDatabase;
