//! Entities and migrations of the mcp database, which holds the tools of Reynard's MCP server,
//! their categories, their settings and the history of each tool's configuration.
//!
//! An application reads and writes rows through [`entities`]. It brings the database to the newest
//! shape by `mcp_schema::Migrator::up(&db, None)`, or leaves the feature `migrations` out where
//! something else does that.

pub mod entities;
#[cfg(feature = "migrations")]
pub mod migrations;

#[cfg(feature = "migrations")]
pub use migrations::Migrator;
