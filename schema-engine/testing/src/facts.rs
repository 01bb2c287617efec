//! Holds a migrated database against the facts of its schema, all of them.

mod parts;
mod rows;

use std::collections::BTreeMap;

use crate::{TestDatabase, shape::Shape};

/// What differs between `database` and the facts of `schema`, one sentence a difference.
///
/// Where facts were deliberately departed from, the departure counts as the fact.
///
/// # Panics
///
/// Where there are no facts of `schema`.
pub async fn differences(schema: &str, database: &TestDatabase) -> Vec<String> {
    let expected = expected(schema);
    let mut found = Shape::of(database).await;
    found.extensions.retain(|extension| extension != DISPENSABLE);
    let mut differences =
        compare(&parts::of(&expected, &found), &parts::of(&found, &expected), "the facts");

    let seeded = rows::of(schema);
    for (table, rows) in seeded.iter().filter(|(table, _)| found.tables.contains_key(*table)) {
        let found = rows::read(database, table, rows).await;
        differences.extend(compare(rows, &found, "the facts"));
    }
    differences
}

/// The tables of `database`, sorted, without the tool's own.
pub async fn tables(database: &TestDatabase) -> Vec<String> {
    Shape::of(database).await.tables.into_keys().collect()
}

/// Compares by name what is `expected`, which `origin` says, with what was found.
pub(crate) fn compare(
    expected: &BTreeMap<String, String>,
    found: &BTreeMap<String, String>,
    origin: &str,
) -> Vec<String> {
    let wanting = expected.iter().filter_map(|(name, expected)| match found.get(name) {
        None => Some(format!("{name} is missing")),
        Some(found) if found != expected => Some(format!("{name} is {found}, not {expected}")),
        Some(_) => None,
    });
    let unasked = found.keys().filter(|name| !expected.contains_key(*name));
    wanting.chain(unasked.map(|name| format!("{name} is not in {origin}"))).collect()
}

/// The extension whose only function the migrations replace by a built-in one.
const DISPENSABLE: &str = "uuid-ossp";

fn expected(schema: &str) -> Shape {
    let text = match schema {
        "auth" => include_str!("../facts/auth.json"),
        "ecs" => include_str!("../facts/ecs.json"),
        "main" => include_str!("../facts/main.json"),
        "mcp" => include_str!("../facts/mcp.json"),
        _ => panic!("there are no facts of `{schema}`"),
    };
    let mut shape: Shape = serde_json::from_str(text).expect("a facts file");
    shape.extensions.retain(|extension| extension != DISPENSABLE);
    if schema == "main" {
        depart(&mut shape);
    }
    shape
}

/// What main's migrations do otherwise: `jsonb` can be compared and searched, and the index of a
/// mail account's operations holds the operation alone, because `conditions` may be too long.
fn depart(main: &mut Shape) {
    let access = main.tables.get_mut("resource_access_control").expect("in the facts");
    for column in &mut access.columns {
        if ["conditions", "metadata"].contains(&column.name.as_str()) {
            "jsonb".clone_into(&mut column.kind);
        }
    }
    for index in &mut access.indexes {
        if index.name == "idx_email_rbac_operation_lookup" {
            "(conditions ->> 'operation'::text)".clone_into(&mut index.columns[1]);
        }
    }
}
