//! Holds the entities of a schema crate against what its migrations make, in PostgreSQL both.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    TestDatabase,
    facts::compare,
    shape::{Shape, Table},
};

/// What differs between a `migrated` database and the entities whose modules `pattern` matches
/// (`<crate>::*`), one sentence a difference; creates the entities' tables in the `empty` database.
///
/// Compared is what an entity can say: columns, primary keys, foreign keys with their actions,
/// unique sets of columns, plain indexes of one column, and enums; names of constraints it cannot.
///
/// # Panics
///
/// Where the tables cannot be created.
pub async fn differences(
    pattern: &str,
    migrated: &TestDatabase,
    empty: &TestDatabase,
) -> Vec<String> {
    let registry = empty.connection().get_schema_registry(pattern);
    registry.apply(empty.connection()).await.expect("the tables of the entities");
    let (expected, found) = (Shape::of(migrated).await, Shape::of(empty).await);
    compare(&parts(&expected, &found), &parts(&found, &expected), "the migrations")
}

fn parts(shape: &Shape, other: &Shape) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    for found in &shape.enums {
        parts.insert(format!("enum `{}`", found.name), found.labels.join(", "));
    }
    for (name, table) in &shape.tables {
        parts.insert(format!("table `{name}`"), "there".to_owned());
        if other.tables.contains_key(name) {
            parts.extend(parts_of_table(name, table));
        }
    }
    parts
}

fn parts_of_table(name: &str, table: &Table) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    for column in &table.columns {
        parts.insert(format!("column `{name}.{}`", column.name), column.describe());
    }
    if let Some(key) = &table.primary_key {
        parts.insert(format!("primary key of `{name}`"), key.columns.join(", "));
    }
    for key in &table.foreign_keys {
        parts.insert(format!("foreign key {} of `{name}`", key.describe()), String::new());
    }
    let unique = unique_sets(table);
    for columns in &unique {
        parts.insert(format!("unique ({columns}) of `{name}`"), String::new());
    }
    // An entity says of a column that it is unique or that it has an index, not both.
    for column in plain_indexes(table).difference(&unique) {
        parts.insert(format!("index ({column}) of `{name}`"), String::new());
    }
    parts
}

fn unique_sets(table: &Table) -> BTreeSet<String> {
    let constraints = table.unique_constraints.iter().map(|key| &key.columns);
    let indexes = table.indexes.iter().filter(|index| index.unique && index.predicate.is_none());
    constraints
        .chain(indexes.map(|index| &index.columns))
        .map(|columns| columns.join(", "))
        .collect()
}

fn plain_indexes(table: &Table) -> BTreeSet<String> {
    let plain = table.indexes.iter().filter(|index| {
        !index.unique
            && index.method == "btree"
            && index.columns.len() == 1
            && index.predicate.is_none()
            && index.opclasses.is_empty()
    });
    plain.map(|index| index.columns[0].clone()).collect()
}
