//! The main database, migrated for real: PostgreSQL runs inside the test process.

mod email_to_rbac;
mod facts;
mod legacy_users;
mod lineage;
mod marks;
mod mutations;
mod notes_to_rbac;
mod relations;
mod repository;
mod search;
mod seeds;
mod server;
mod statistics;
