//! Whether the SQL of a difference makes one catalog of another.

pub(crate) mod bench;
pub(crate) mod golden;
mod mutations;
mod random;
