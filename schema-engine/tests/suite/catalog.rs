//! What the catalog of a database is read as.

mod kinds;
mod mutations;
mod session;

/// Every kind of object that a catalog holds, under odd names, as SQL.
pub(crate) const ZOO: &str = include_str!("zoo.sql");
