//! The ecs database, migrated for real: PostgreSQL runs inside the test process.

mod facts;
mod lineage;
mod relations;
mod seed;
mod server;
mod success_advisor;
