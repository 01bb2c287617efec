//! What needs a real server: several connections, roles, databases beside each other.

mod applications;
mod catalog;
mod destructive;
mod facts;
mod privileges;
mod run;
mod sea_orm_cli;
mod setup;
mod wrong_database;
