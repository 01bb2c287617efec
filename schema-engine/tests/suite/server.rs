//! What needs a real server: other releases, roles.

mod catalog;
