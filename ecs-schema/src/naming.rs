//! The vocabulary that the names of agents are made from.

pub mod entities;
#[cfg(feature = "migrations")]
pub mod migrations;
