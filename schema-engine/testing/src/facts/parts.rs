//! A shape as named parts, each with a text that says what it is; pure.

use std::collections::BTreeMap;

use crate::shape::{Column, Shape, Table};

/// The parts of `shape`; of a table that `other` lacks, the table alone.
pub(super) fn of(shape: &Shape, other: &Shape) -> BTreeMap<String, String> {
    let mut parts = Parts::default();
    for extension in &shape.extensions {
        parts.add(format!("extension `{extension}`"), "there");
    }
    for found in &shape.enums {
        parts.add(format!("enum `{}`", found.name), &found.labels.join(", "));
    }
    for (name, view) in &shape.views {
        parts.add(format!("view `{name}`"), &view.columns.join(", "));
    }
    for function in &shape.functions {
        let text = format!(
            "({}) returns {} in {}, volatility {}",
            function.full_args, function.returns, function.language, function.volatility
        );
        parts.add(format!("function `{}`", function.name), &text);
    }
    for (name, table) in &shape.tables {
        parts.add(format!("table `{name}`"), "there");
        if let Some(other) = other.tables.get(name) {
            parts.add_columns(name, table, other);
            parts.add_constraints(name, table);
            parts.add_others(name, table);
        }
    }
    parts.0
}

#[derive(Default)]
struct Parts(BTreeMap<String, String>);

impl Parts {
    /// Two parts of one name, as overloaded functions are, become one that says both.
    fn add(&mut self, name: String, text: &str) {
        let text = normal(text);
        self.0
            .entry(name)
            .and_modify(|first| *first = format!("{first} and {text}"))
            .or_insert(text);
    }

    fn add_columns(&mut self, name: &str, table: &Table, other: &Table) {
        for column in &table.columns {
            self.add(format!("column `{name}.{}`", column.name), &column.describe());
        }
        let shared = |column: &&Column| other.columns.iter().any(|found| found.name == column.name);
        let order: Vec<_> = table.columns.iter().filter(shared).map(|c| c.name.as_str()).collect();
        self.add(format!("order of columns of `{name}`"), &order.join(", "));
    }

    fn add_constraints(&mut self, name: &str, table: &Table) {
        if let Some(key) = &table.primary_key {
            let text = format!("`{}` ({})", key.name, key.columns.join(", "));
            self.add(format!("primary key of `{name}`"), &text);
        }
        for key in &table.unique_constraints {
            let text = format!("({})", key.columns.join(", "));
            self.add(format!("unique constraint `{}` of `{name}`", key.name), &text);
        }
        for key in &table.foreign_keys {
            self.add(format!("foreign key `{}` of `{name}`", key.name), &key.describe());
        }
        for check in &table.checks {
            self.add(format!("check `{}` of `{name}`", check.name), &check.definition);
        }
    }

    fn add_others(&mut self, name: &str, table: &Table) {
        for index in &table.indexes {
            self.add(format!("index `{}` of `{name}`", index.name), &index.describe());
        }
        for trigger in &table.triggers {
            self.add(format!("trigger `{}` of `{name}`", trigger.name), &trigger.definition);
        }
    }
}

/// What PostgreSQL printed, without what depends on the search path and with the built-in function
/// in place of the extension's that does the same.
fn normal(text: &str) -> String {
    text.replace("public.", "").replace("uuid_generate_v4()", "gen_random_uuid()")
}
