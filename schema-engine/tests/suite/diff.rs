//! Whether the SQL of a difference makes one catalog of another.

mod bench;
mod golden;
mod mutations;
mod random;
