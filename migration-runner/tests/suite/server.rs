//! What needs a real server: several connections, roles, databases beside each other.

mod applications;
mod checksums;
mod destructive;
mod facts;
mod privileges;
mod run;
mod script;
mod sea_orm_cli;
mod setup;
mod wrong_database;
