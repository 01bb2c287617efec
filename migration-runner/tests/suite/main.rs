//! The tool as its users have it: through its binary, on real databases.
//!
//! What one connection can show runs on the embedded PostgreSQL; `server` needs installed
//! PostgreSQL programs and starts a server of its own.

mod autogenerate;
mod bad_input;
mod canary;
mod check;
mod checksums;
mod create;
mod doctor;
mod drift;
mod embedded;
mod fixture;
mod masks;
mod meddle;
mod observe;
mod other_tools;
mod output;
mod proxy;
mod runner;
mod script;
mod server;
mod usage;
mod verify;
mod wire;
