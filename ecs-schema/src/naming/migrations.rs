//! The migrations that build the vocabulary of names.

use sea_orm_migration::prelude::*;

mod m20250920_210854_add_naming_configuration_tables;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20250920_210854_add_naming_configuration_tables::Migration)]
}
