//! The migrations that build the tables of the agents, and those that fill the vocabulary of names.

use sea_orm_migration::prelude::*;

mod m20250920_215024_initial_ecs_schema;
mod m20250920_220202_add_initial_data;
mod m20250920_221051_add_complete_race_data;
mod m20250921_093355_populate_base_names;
mod m20250921_171200_fix_success_advisor_8_spirit_to_lion;
mod seed_rows;
mod seeds;

pub use seeds::seeds;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20250920_215024_initial_ecs_schema::Migration),
        Box::new(m20250920_220202_add_initial_data::Migration),
        Box::new(m20250920_221051_add_complete_race_data::Migration),
        Box::new(m20250921_093355_populate_base_names::Migration),
        Box::new(m20250921_171200_fix_success_advisor_8_spirit_to_lion::Migration),
    ]
}
