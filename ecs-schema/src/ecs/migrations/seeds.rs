//! The rows that the migrations bring and that the application counts on. Pure.

use sea_orm_migration::prelude::*;
use sql_migration::SeedRows;

use super::{
    m20250920_220202_add_initial_data as initial_data,
    m20250920_221051_add_complete_race_data as race_data,
    m20250921_093355_populate_base_names as base_names,
};

/// The vocabulary of names: suffixes, settings, and the animal spirits with their base names.
pub fn seeds() -> Vec<SeedRows> {
    let initial = initial_data::Migration.name();
    let suffixes: Vec<String> =
        initial_data::SUFFIXES.iter().map(|(name, _)| format!("suffix {name}")).collect();
    vec![
        SeedRows::by_key(
            initial,
            "naming_components",
            "component_type || ' ' || component_name",
            suffixes.iter().map(String::as_str),
            insert_absent(initial_data::insert_suffixes()),
        ),
        SeedRows::by_key(
            initial,
            "naming_config",
            "config_key",
            initial_data::SETTINGS.map(|(key, ..)| key),
            insert_absent(initial_data::insert_settings()),
        ),
        SeedRows::by_key(
            race_data::Migration.name(),
            "naming_spirits",
            "name",
            race_data::SPIRITS.map(|(name, ..)| name),
            insert_absent(race_data::insert_spirits()),
        ),
        SeedRows {
            migration: base_names::Migration.name().to_owned(),
            table: "naming_spirits",
            missing: empty_base_names(),
            restore: base_names::fill_base_names().to_string(PostgresQueryBuilder),
        },
    ]
}

fn insert_absent(mut insert: InsertStatement) -> String {
    let insert = insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.to_string(PostgresQueryBuilder)
}

/// The spirits that are there without base names.
fn empty_base_names() -> String {
    let names = base_names::BASE_NAMES.map(|(name, _)| format!("'{name}'"));
    format!(
        "SELECT 'base names of ' || name FROM naming_spirits \
         WHERE name IN ({}) AND base_names::jsonb = '[]' ORDER BY name",
        names.join(", ")
    )
}
