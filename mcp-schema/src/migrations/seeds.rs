//! The rows that the migrations bring and that the application counts on. Pure.

use sea_orm_migration::prelude::*;
use sql_migration::SeedRows;

use super::m20250115_100000_create_tool_config_tables as tool_config;

/// A category of tools for each name, and a configuration, whichever it is.
pub fn seeds() -> Vec<SeedRows> {
    let migration = tool_config::Migration.name();
    let restore = tool_config::insert_categories()
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .to_string(PostgresQueryBuilder);
    let names = tool_config::CATEGORIES.iter().map(|category| category.0);
    vec![
        SeedRows::by_key(migration, "tool_categories", "name::text", names, restore),
        SeedRows {
            migration: migration.to_owned(),
            table: "tool_configuration",
            missing: format!("SELECT 'the configuration' WHERE {}", no_configuration()),
            restore: insert_where_none_is(),
        },
    ]
}

fn no_configuration() -> &'static str {
    "NOT EXISTS (SELECT FROM tool_configuration)"
}

fn insert_where_none_is() -> String {
    let (columns, values): (Vec<_>, Vec<_>) = tool_config::configuration().into_iter().unzip();
    let row = Query::select().exprs(values).and_where(Expr::cust(no_configuration())).to_owned();
    let mut insert = Query::insert();
    insert.into_table("tool_configuration").columns(columns);
    match insert.select_from(row) {
        Ok(insert) => insert.to_string(PostgresQueryBuilder),
        Err(error) => unreachable!("as many values as columns: {error}"),
    }
}
