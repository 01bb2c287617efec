//! Primary keys, unique sets of columns and plain indexes of one column. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use crate::catalog::{
    QualifiedName,
    model::{Constraint, ConstraintKind, Deferral, Index, IndexKey, Key, KeySource, Object, Table},
};

type Columns<'a> = BTreeSet<&'a str>;

/// Makes the primary key, the unique sets and the plain indexes of `table` those that the entity
/// says; gives what stands for what of the entity's.
pub(super) fn settle(
    of: &QualifiedName,
    table: &mut Table,
    said: &Table,
    names: &mut Names,
) -> Vec<(Object, Object)> {
    let mut counterparts = primary_key(of, table, said, names);
    counterparts.extend(unique_sets(of, table, said, names));
    plain_indexes(of, table, said, names);
    counterparts
}

fn primary_key(
    of: &QualifiedName,
    table: &mut Table,
    said: &Table,
    names: &mut Names,
) -> Vec<(Object, Object)> {
    let set = |key: &Key| key.columns.iter().cloned().collect::<BTreeSet<_>>();
    let made = table.primary_key().map(|(name, key)| (name.to_owned(), set(key)));
    let Some((said_name, wanted)) = said.primary_key() else {
        if let Some((name, _)) = made {
            remove(table, &name);
        }
        return Vec::new();
    };
    let name = match made {
        Some((name, columns)) if columns == set(wanted) => name,
        made => {
            let name = made.map(|(name, _)| name);
            let name = name.unwrap_or_else(|| names.index(of, &format!("{}_pkey", of.name)));
            let kind = ConstraintKind::PrimaryKey(wanted.clone());
            let constraint = Constraint { kind, is_inherited: false, comment: None };
            table.constraints.insert(name.clone(), constraint);
            let backing = backing(&wanted.columns, &name);
            table.indexes.insert(name.clone(), backing);
            name
        }
    };
    vec![(constraint(of, said_name), constraint(of, &name))]
}

fn unique_sets(
    of: &QualifiedName,
    table: &mut Table,
    said: &Table,
    names: &mut Names,
) -> Vec<(Object, Object)> {
    let made = table.clone();
    let found = uniques(&made);
    let wanted = uniques(said);
    for unique in found.iter().filter(|unique| unique.is_sayable) {
        if !is_wanted(&unique.columns, said, &wanted) {
            remove(table, unique.name);
        }
    }
    let mut counterparts = Vec::new();
    let mut new: BTreeMap<&Columns<'_>, String> = BTreeMap::new();
    for unique in &wanted {
        let there = found.iter().find(|it| it.columns == unique.columns);
        let object = match there {
            Some(there) => there.object(of),
            // A primary key is one by itself.
            None if primary_columns(&made) == Some(unique.columns.clone()) => continue,
            None => {
                let name = new.entry(&unique.columns).or_insert_with(|| {
                    let wish = format!("{}_{}_key", of.name, unique.order.join("_"));
                    let name = names.index(of, &wish);
                    let index = Index { is_unique: true, ..plain(&unique.order) };
                    table.indexes.insert(name.clone(), index);
                    name
                });
                Object::Index { of: of.clone(), name: name.clone() }
            }
        };
        counterparts.push((unique.object(of), object));
    }
    counterparts
}

fn is_wanted(columns: &Columns<'_>, said: &Table, wanted: &[Unique<'_>]) -> bool {
    wanted.iter().any(|unique| unique.columns == *columns)
        || primary_columns(said).is_some_and(|key| key == *columns)
}

/// An entity says of a column that it is unique or that it has an index, not both.
fn plain_indexes(of: &QualifiedName, table: &mut Table, said: &Table, names: &mut Names) {
    let made = table.clone();
    let unique: BTreeSet<&str> = uniques(&made)
        .iter()
        .filter(|unique| unique.columns.len() == 1)
        .flat_map(|unique| unique.columns.iter().copied())
        .collect();
    let wanted: BTreeSet<&str> = plains(said).map(|(_, column)| column).collect();
    for (name, column) in plains(&made) {
        if !wanted.contains(column) && !unique.contains(column) {
            table.indexes.remove(name);
        }
    }
    let found: BTreeSet<&str> = plains(&made).map(|(_, column)| column).collect();
    for column in wanted.difference(&found).filter(|column| !unique.contains(*column)) {
        let name = names.index(of, &format!("ix_{}_{column}", of.name));
        table.indexes.insert(name, plain(&[(*column).to_owned()]));
    }
}

/// A set of columns of which no two rows have the same.
struct Unique<'a> {
    name: &'a str,
    is_constraint: bool,
    columns: Columns<'a>,
    order: Vec<String>,
    /// Whether an entity could say all of it.
    is_sayable: bool,
}

impl Unique<'_> {
    fn object(&self, of: &QualifiedName) -> Object {
        if self.is_constraint {
            return constraint(of, self.name);
        }
        Object::Index { of: of.clone(), name: self.name.to_owned() }
    }
}

fn uniques(table: &Table) -> Vec<Unique<'_>> {
    let constraints = table.constraints.iter().filter_map(|(name, constraint)| {
        let ConstraintKind::Unique(key) = &constraint.kind else { return None };
        let index = table.indexes.get(name);
        Some(Unique {
            name,
            is_constraint: true,
            columns: key.columns.iter().map(String::as_str).collect(),
            order: key.columns.clone(),
            is_sayable: !key.is_without_overlaps
                && !constraint.is_inherited
                && index.is_none_or(|index| index.include.is_empty()),
        })
    });
    let indexes = table.indexes.iter().filter_map(|(name, index)| {
        if !index.is_unique || index.constraint.is_some() || index.predicate.is_some() {
            return None;
        }
        let columns: Option<Vec<&str>> = index.keys.iter().map(column).collect();
        let columns = columns?;
        let is_sayable = index.include.is_empty()
            && index.parent.is_none()
            && index.keys.iter().all(|key| key.operator_class.is_none() && key.collation.is_none());
        Some(Unique {
            name,
            is_constraint: false,
            order: columns.iter().map(|column| (*column).to_owned()).collect(),
            columns: columns.into_iter().collect(),
            is_sayable,
        })
    });
    constraints.chain(indexes).collect()
}

/// The plain indexes of one column, with the column.
fn plains(table: &Table) -> impl Iterator<Item = (&String, &str)> {
    table.indexes.iter().filter_map(|(name, index)| {
        let [key] = index.keys.as_slice() else { return None };
        let column = column(key)?;
        (*index == Index { options: index.options.clone(), ..like(index, column) })
            .then_some((name, column))
    })
}

/// The plain index of a column, with the comment of another.
fn like(index: &Index, column: &str) -> Index {
    let (is_invalid, comment) = (index.is_invalid, index.comment.clone());
    Index { is_invalid, comment, ..plain(&[column.to_owned()]) }
}

fn column(key: &IndexKey) -> Option<&str> {
    match &key.source {
        KeySource::Column(name) => Some(name),
        KeySource::Expression(_) => None,
    }
}

fn primary_columns(table: &Table) -> Option<Columns<'_>> {
    table.primary_key().map(|(_, key)| key.columns.iter().map(String::as_str).collect())
}

fn constraint(of: &QualifiedName, name: &str) -> Object {
    Object::Constraint { of: of.clone(), name: name.to_owned() }
}

/// Removes a key with the index that backs it, or an index.
fn remove(table: &mut Table, name: &str) {
    table.constraints.remove(name);
    table.indexes.remove(name);
}

fn backing(columns: &[String], constraint: &str) -> Index {
    Index { is_unique: true, constraint: Some(constraint.to_owned()), ..plain(columns) }
}

fn plain(columns: &[String]) -> Index {
    let key = |column: &String| IndexKey {
        source: KeySource::Column(column.clone()),
        collation: None,
        operator_class: None,
        is_descending: false,
        is_nulls_first: false,
    };
    Index {
        method: "btree".to_owned(),
        keys: columns.iter().map(key).collect(),
        include: Vec::new(),
        predicate: None,
        options: BTreeMap::new(),
        is_unique: false,
        is_nulls_not_distinct: false,
        is_invalid: false,
        constraint: None,
        parent: None,
        comment: None,
    }
}

/// A unique key or primary key of a new table under the names of the house; gives what stands for
/// what of the entity's.
pub(super) fn new_table(
    of: &QualifiedName,
    said: &Table,
    names: &mut Names,
) -> (Table, Vec<(Object, Object)>) {
    let mut table = said.clone();
    table.indexes.clear();
    table.constraints.retain(|_, constraint| {
        let kind = &constraint.kind;
        !matches!(kind, ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_))
    });
    let counterparts = settle(of, &mut table, said, names);
    debug_assert!(is_plain_key(&table), "what an entity says is checked at once");
    (table, counterparts)
}

fn is_plain_key(table: &Table) -> bool {
    table.primary_key().is_none_or(|(_, key)| key.deferral == Deferral::NotDeferrable)
}
