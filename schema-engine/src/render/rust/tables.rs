//! Tables as sea-query builds them. Pure.

use super::{
    columns, indexes,
    layout::Chain,
    text::{name, string},
};
use crate::catalog::{
    QualifiedName,
    model::{ConstraintKind, Deferral, ForeignKey, Key, Table},
};

/// The statement that makes a table with these foreign keys, if a builder can say it.
pub(super) fn create(
    of: &QualifiedName,
    table: &Table,
    foreign_keys: &[(&String, &ForeignKey)],
) -> Option<Chain> {
    if !is_plain(table) {
        return None;
    }
    let mut chain = Chain::of("Table::create()").call("table", name(of)?);
    // Under the name that PostgreSQL gives it, the key of one column is the column's.
    let usual = format!("{}_pkey", of.name);
    let own = table.primary_key().filter(|(key, found)| *key == usual && found.columns.len() == 1);
    for column in &table.columns {
        let is_key = own.is_some_and(|(_, key)| key.columns == [column.name.clone()]);
        chain = chain.call_with("col", columns::definition(of, column, is_key)?);
    }
    for (key, constraint) in &table.constraints {
        chain = match &constraint.kind {
            ConstraintKind::PrimaryKey(_) if own.is_some() => chain,
            ConstraintKind::PrimaryKey(found) => {
                chain.call_with("primary_key", backed(key, found, Chain::of("Index::create()"))?)
            }
            ConstraintKind::Unique(found) => {
                let index = Chain::of("Index::create()").call("unique", "");
                chain.call_with("index", backed(key, found, index)?)
            }
            _ => return None,
        };
    }
    for (key, foreign) in foreign_keys {
        chain = chain.call_with("foreign_key", indexes::foreign_key(of, key, foreign)?);
    }
    Some(chain.call("to_owned", ""))
}

fn backed(name: &str, key: &Key, index: Chain) -> Option<Chain> {
    if key.deferral != Deferral::NotDeferrable || key.is_without_overlaps {
        return None;
    }
    let named = index.call("name", string(name));
    let columns = key.columns.iter();
    Some(columns.fold(named, |index, column| index.call("col", string(column))))
}

/// Whether it has nothing that no builder says.
fn is_plain(table: &Table) -> bool {
    let is_commented = table.constraints.values().any(|constraint| constraint.comment.is_some())
        || table.indexes.values().any(|index| index.comment.is_some());
    let is_extended = table.indexes.values().any(|index| {
        !index.include.is_empty() || index.is_nulls_not_distinct || !index.options.is_empty()
    });
    let bare = Table {
        columns: table.columns.clone(),
        constraints: table.constraints.clone(),
        indexes: table.indexes.clone(),
        ..Table::default()
    };
    *table == bare && !is_commented && !is_extended
}
