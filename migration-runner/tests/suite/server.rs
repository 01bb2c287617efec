//! What needs a real server: several connections, roles, databases beside each other.

mod destructive;
mod facts;
mod run;
mod setup;
mod wrong_database;
