//! What needs a real server: several connections, roles, databases beside each other.

mod applications;
mod catalog;
mod checksums;
mod destructive;
mod facts;
mod privileges;
mod refusals;
mod run;
mod script;
mod sea_orm_cli;
mod secrets;
mod setup;
mod sql_files;
mod wrong_database;
