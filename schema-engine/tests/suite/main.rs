//! The engine on real databases.
//!
//! What one connection can show runs on the embedded PostgreSQL; `server` needs installed
//! PostgreSQL programs and starts a server of its own.

mod catalog;
mod check;
mod desired;
mod diff;
mod render;
mod server;
