//! What is known as values, as text of other tools. Pure.

pub mod sql;
