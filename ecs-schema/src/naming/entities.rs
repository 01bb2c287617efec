//! One module a table; each primary key is a UUID that whoever inserts the row chooses.

#![expect(
    missing_docs,
    reason = "a column whose name says all needs no comment, nor does generated code"
)]

pub mod naming_components;
pub mod naming_config;
pub mod naming_spirits;
