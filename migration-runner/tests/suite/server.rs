//! What needs a real server: several connections, roles, databases beside each other.

mod applications;
mod busy;
mod catalog;
mod checksums;
mod crash;
mod destructive;
mod facts;
mod halfway;
mod lock;
mod lost;
mod pooler;
mod privileges;
mod refusals;
mod restart;
mod run;
mod script;
mod sea_orm_cli;
mod secrets;
mod setup;
mod silence;
mod sql_files;
mod wrong_database;
