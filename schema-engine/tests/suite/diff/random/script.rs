//! The statements that make a random database. Pure.

use std::collections::BTreeSet;

use super::{
    dice::{Dice, Seed},
    programs, tables, types,
};

/// What has been made so far, for what stands on it.
#[derive(Debug)]
pub(super) struct Script {
    pub(super) seed: Seed,
    pub(super) statements: Vec<String>,
    pub(super) namespaces: Vec<&'static str>,
    pub(super) types: Vec<Type>,
    pub(super) tables: Vec<Table>,
    pub(super) sequences: Vec<String>,
    taken: BTreeSet<String>,
}

/// A type that columns can be of.
#[derive(Debug, Clone)]
pub(super) struct Type {
    pub(super) sql: String,
    /// A value of it.
    pub(super) value: String,
    pub(super) class: Class,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Number,
    Text,
    /// What can be sorted.
    Ordered,
    Array,
    Json,
    Composite,
}

/// A table or view with its columns.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) key: &'static str,
    pub(super) namespace: &'static str,
    pub(super) columns: Vec<(String, Type)>,
    /// The column that is its primary key.
    pub(super) primary_key: Option<String>,
    pub(super) has_rows: bool,
    pub(super) is_partitioned: bool,
    pub(super) is_materialized: bool,
}

impl Table {
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.namespace, self.key)
    }

    /// Its columns of one of these classes.
    pub(super) fn of(&self, classes: &[Class]) -> Vec<&(String, Type)> {
        self.columns.iter().filter(|(_, found)| classes.contains(&found.class)).collect()
    }
}

pub(super) fn statements(seed: &Seed) -> Vec<String> {
    let mut script = Script {
        seed: seed.clone(),
        statements: Vec::new(),
        namespaces: vec!["public"],
        types: types::built_in(),
        tables: Vec::new(),
        sequences: Vec::new(),
        taken: BTreeSet::new(),
    };
    script.grow_namespaces();
    types::grow(&mut script);
    programs::grow_functions(&mut script);
    tables::grow(&mut script);
    programs::grow(&mut script);
    script.statements
}

impl Script {
    pub(super) fn add(&mut self, sql: impl Into<String>) {
        self.statements.push(sql.into());
    }

    /// Takes a name among those of relations and types, unless it is taken.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    pub(super) fn dice(&self, thing: &str) -> Dice {
        self.seed.dice(thing)
    }

    pub(super) fn namespace(&self, dice: &mut Dice) -> &'static str {
        if dice.chance(60) { "public" } else { self.namespaces[dice.below(self.namespaces.len())] }
    }

    /// Says something about a thing, or not.
    pub(super) fn comment(&mut self, dice: &mut Dice, kind: &str, thing: &str) {
        if dice.chance(12) {
            let text = ["one", "it''s two", ""][dice.below(3)];
            self.add(format!("COMMENT ON {kind} {thing} IS '{text}'"));
        }
    }

    fn grow_namespaces(&mut self) {
        for namespace in ["two", "\"Three 3\""] {
            let mut dice = self.dice(namespace);
            if dice.chance(80) {
                self.add(format!("CREATE SCHEMA {namespace}"));
                self.comment(&mut dice, "SCHEMA", namespace);
                self.namespaces.push(namespace);
            }
        }
        let mut dice = self.dice("extension");
        if dice.chance(5) {
            let namespace = self.namespace(&mut dice);
            self.add(format!("CREATE EXTENSION pg_trgm SCHEMA {namespace}"));
        }
    }
}
