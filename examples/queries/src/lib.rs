//! What an application asks of the four databases, by their entities alone.
//!
//! The library neither migrates nor chooses a driver or a runtime: the application that links it
//! does. Each module of a subject has an `insert`, which can be repeated, and a query that goes
//! through the relations of the entities; [`run`] calls them all.

pub mod accounts;
pub mod agents;
mod databases;
pub mod embeddings;
pub mod notes;
mod report;
pub mod tools;

pub use databases::{Databases, OpenError};
pub use report::run;
