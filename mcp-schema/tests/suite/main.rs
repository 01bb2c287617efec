//! The mcp database, migrated for real: PostgreSQL runs inside the test process.

mod facts;
mod lineage;
mod mutations;
mod relations;
mod seeds;
mod server;
