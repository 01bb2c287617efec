//! What needs a real server: several connections, roles, databases beside each other.

mod adopt;
mod applications;
mod busy;
mod catalog;
mod checksums;
mod crash;
mod destructive;
mod doctor;
mod facts;
mod halfway;
mod lock;
mod lost;
mod pooler;
mod privileges;
mod read_only;
mod refusals;
mod restart;
mod run;
mod script;
mod sea_orm_cli;
mod secrets;
mod setup;
mod silence;
mod sql_files;
mod tls;
mod wrong_database;
