//! The agents of the simulated world and the tables that hang on them.

pub mod entities;
#[cfg(feature = "migrations")]
pub mod migrations;
