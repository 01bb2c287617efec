//! Runs and checks the migrations of Reynard's databases.
//!
//! A run goes through stages, one module each: [`database`] says which databases there are,
//! [`location`] where they are, [`connection`] opens them, [`guard`] makes sure that they are the
//! right ones, [`plan`] decides the steps and [`apply`] takes them.

pub mod adopt;
pub mod apply;
pub mod backend;
pub mod catalog;
pub mod check;
pub mod checksum;
pub mod connection;
pub mod consent;
pub mod create;
pub mod database;
pub mod desired;
pub mod diff;
pub mod doctor;
pub mod drift;
pub mod edited;
#[cfg(feature = "embedded")]
pub mod embedded;
pub mod environment;
#[cfg(test)]
mod fixtures;
pub mod fresh;
pub mod guard;
pub mod hazard;
pub mod history;
mod jitter;
pub mod journal;
pub mod lint;
pub mod location;
pub mod lock;
pub mod migrate;
pub mod open;
pub mod plan;
pub mod privileges;
pub mod record;
pub mod render;
pub mod repair;
pub mod schema;
pub mod script;
pub mod seeds;
pub mod server_error;
pub mod setup;
pub mod shadow;
pub mod sql;
pub mod state;
pub mod target;
pub mod url;
pub mod verify;
