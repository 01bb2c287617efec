//! The ecs database, migrated for real: PostgreSQL runs inside the test process.

mod facts;
mod lineage;
mod mutations;
mod relations;
mod seed;
mod seeds;
mod server;
mod success_advisor;
