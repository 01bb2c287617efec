//! The auth database, migrated for real: PostgreSQL runs inside the test process.

mod default_rbac;
mod facts;
mod gatekeeper;
mod keys;
mod lineage;
mod mutations;
mod relations;
mod seeds;
mod server;
