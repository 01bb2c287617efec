//! What needs a real server: other releases, roles, size.

mod catalog;
mod speed;
