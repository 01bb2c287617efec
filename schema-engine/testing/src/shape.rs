//! The shape of a database as the facts files say it: reads one from the catalog.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::TestDatabase;

/// What a database is made of, but for rows.
///
/// A facts file is one too. It may say nothing that has no field here, so that nothing in it goes
/// unchecked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    #[serde(default, rename = "database")]
    _database: Option<String>,
    pub extensions: Vec<String>,
    pub enums: Vec<Enum>,
    pub tables: BTreeMap<String, Table>,
    pub views: BTreeMap<String, View>,
    pub functions: Vec<Function>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Enum {
    pub name: String,
    pub labels: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub columns: Vec<Column>,
    pub primary_key: Option<Key>,
    #[serde(default)]
    pub unique_constraints: Vec<Key>,
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKey>,
    #[serde(default)]
    pub checks: Vec<Definition>,
    #[serde(default)]
    pub indexes: Vec<Index>,
    #[serde(default)]
    pub triggers: Vec<Definition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Column {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub not_null: bool,
    pub default: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Key {
    pub name: String,
    pub columns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForeignKey {
    pub name: String,
    pub columns: Vec<String>,
    pub ref_table: String,
    pub ref_columns: Vec<String>,
    pub on_delete: String,
    pub on_update: String,
    pub deferrable: bool,
}

/// A check or a trigger.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Definition {
    pub name: String,
    pub definition: String,
}

/// An index that no constraint made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Index {
    pub name: String,
    pub unique: bool,
    pub method: String,
    pub columns: Vec<String>,
    /// Left out of a B-tree where each is its type's own.
    #[serde(default)]
    pub opclasses: Vec<String>,
    #[serde(rename = "where")]
    pub predicate: Option<String>,
    #[serde(default, rename = "with")]
    pub options: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct View {
    pub columns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Function {
    pub name: String,
    pub full_args: String,
    pub returns: String,
    pub language: String,
    pub volatility: String,
}

impl Shape {
    /// The shape of `database`, without the tool's own tables and what extensions bring.
    pub(crate) async fn of(database: &TestDatabase) -> Self {
        let shape = database.text(include_str!("shape.sql")).await;
        serde_json::from_str(&shape).expect("the shape that the query builds")
    }
}

impl Column {
    /// Its type, nullability and default.
    pub(crate) fn describe(&self) -> String {
        let nullability = if self.not_null { "not null" } else { "null" };
        let default = match self.default.as_deref() {
            None => String::new(),
            // Two spellings of one thing.
            Some("CURRENT_TIMESTAMP") => " default now()".to_owned(),
            Some(default) => format!(" default {default}"),
        };
        format!("{} {nullability}{default}", self.kind)
    }
}

impl ForeignKey {
    /// What it is, but for its name.
    pub(crate) fn describe(&self) -> String {
        format!(
            "({}) to {} ({}) on delete {} on update {}{}",
            self.columns.join(", "),
            self.ref_table,
            self.ref_columns.join(", "),
            self.on_delete,
            self.on_update,
            if self.deferrable { " deferrable" } else { "" },
        )
    }
}

impl Index {
    /// What it is, but for its name.
    pub(crate) fn describe(&self) -> String {
        let mut words = vec![format!("{} ({})", self.method, self.columns.join(", "))];
        if self.unique {
            words.insert(0, "unique".to_owned());
        }
        if !self.opclasses.is_empty() {
            words.push(format!("using {}", self.opclasses.join(", ")));
        }
        if let Some(predicate) = &self.predicate {
            words.push(format!("where {predicate}"));
        }
        if !self.options.is_empty() {
            let mut options = self.options.clone();
            options.sort();
            words.push(format!("with {}", options.join(", ")));
        }
        words.join(" ")
    }
}
