//! The rows that migrations seed, without their description texts.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::TestDatabase;

/// The rows of a table by their names.
pub(super) type Rows = BTreeMap<String, String>;

/// The rows that the facts of `schema` have, by table.
pub(super) fn of(schema: &str) -> BTreeMap<String, Rows> {
    let text = match schema {
        "auth" => include_str!("../../facts/rows/auth.json"),
        "ecs" => include_str!("../../facts/rows/ecs.json"),
        "mcp" => include_str!("../../facts/rows/mcp.json"),
        _ => "{}",
    };
    let tables: BTreeMap<String, Vec<Value>> = serde_json::from_str(text).expect("rows of facts");
    let tables = tables.into_iter();
    tables.map(|(table, rows)| (table.clone(), named(&table, rows.into_iter().map(row)))).collect()
}

/// The rows that `table` has, of the columns that the `expected` ones have.
pub(super) async fn read(database: &TestDatabase, table: &str, expected: &Rows) -> Rows {
    let columns: Option<Map<String, Value>> =
        expected.values().next().and_then(|row| serde_json::from_str(row).ok());
    let columns: Vec<_> =
        columns.expect("an expected row").into_iter().map(|(name, _)| name).collect();
    let source = match table {
        "role_permissions" => {
            "(SELECT r.name AS role, p.name AS permission FROM role_permissions AS g \
             JOIN roles AS r ON r.id = g.role_id JOIN permissions AS p ON p.id = g.permission_id)"
        }
        table => table,
    };
    let select = format!(
        "SELECT to_jsonb(x)::text FROM (SELECT {} FROM {source} AS s) AS x",
        columns.join(", ")
    );
    let rows = database.texts(&select).await;
    named(table, rows.iter().map(|row| serde_json::from_str(row).expect("an object")))
}

/// The columns that name a row.
fn key(table: &str) -> &'static [&'static str] {
    match table {
        "naming_components" => &["component_type", "component_name"],
        "naming_config" => &["config_key"],
        "role_permissions" => &["role", "permission"],
        "tool_configuration" => &["version"],
        _ => &["name"],
    }
}

fn named(table: &str, rows: impl Iterator<Item = Map<String, Value>>) -> Rows {
    let mut named = Rows::new();
    for row in rows {
        let name = key(table).iter().map(|column| row[*column].as_str().unwrap_or_default());
        let name = format!("row `{}` of `{table}`", name.collect::<Vec<_>>().join(" "));
        let text = plain(Value::Object(row)).to_string();
        named
            .entry(name)
            .and_modify(|first| *first = format!("{first} and {text}"))
            .or_insert(text);
    }
    named
}

/// A grant is a pair in the facts.
fn row(value: Value) -> Map<String, Value> {
    match value {
        Value::Array(pair) => {
            ["role", "permission"].map(str::to_owned).into_iter().zip(pair).collect()
        }
        Value::Object(row) => row,
        other => panic!("a row of the facts is {other}"),
    }
}

/// With each number as a float, and each object in the order of its keys.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.into_iter().collect();
            Value::Object(sorted.into_iter().map(|(key, value)| (key, plain(value))).collect())
        }
        other => other,
    }
}
