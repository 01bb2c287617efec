//! What is known as values, as text of other tools. Pure.

pub mod rust;
pub mod sql;
