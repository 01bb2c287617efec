//! Indexes and foreign keys as sea-query builds them. Pure.

use super::{
    layout::Chain,
    text::{name, string},
};
use crate::catalog::{
    QualifiedName,
    model::{Action, Deferral, ForeignKey, Index, IndexKey, KeySource, Validity},
};

/// The statement that makes an index, if a builder can say it.
pub(super) fn create(table: &QualifiedName, key: &str, index: &Index) -> Option<Chain> {
    let is_plain = index.method == "btree"
        && index.include.is_empty()
        && index.predicate.is_none()
        && index.options.is_empty()
        && index.comment.is_none()
        && index.parent.is_none()
        && !index.is_nulls_not_distinct
        && !index.is_invalid;
    if !is_plain {
        return None;
    }
    let mut chain = Chain::of("Index::create()");
    if index.is_unique {
        chain = chain.call("unique", "");
    }
    chain = chain.call("name", string(key)).call("table", name(table)?);
    for key in &index.keys {
        chain = chain.call("col", column(key)?);
    }
    Some(chain.call("to_owned", ""))
}

fn column(key: &IndexKey) -> Option<String> {
    let KeySource::Column(column) = &key.source else { return None };
    if key.collation.is_some() || key.operator_class.is_some() {
        return None;
    }
    match (key.is_descending, key.is_nulls_first) {
        (false, false) => Some(string(column)),
        (true, true) => Some(format!("({}, IndexOrder::Desc)", string(column))),
        _ => None,
    }
}

/// A foreign key as CREATE TABLE takes it, if a builder can say it.
pub(super) fn foreign_key(table: &QualifiedName, key: &str, foreign: &ForeignKey) -> Option<Chain> {
    let is_plain = foreign.on_delete_columns.is_empty()
        && !foreign.is_match_full
        && !foreign.has_period
        && foreign.deferral == Deferral::NotDeferrable
        && foreign.validity == Validity::Valid;
    if !is_plain {
        return None;
    }
    let side = |table: &QualifiedName, columns: &[String]| {
        let columns: Vec<String> = columns.iter().map(|column| string(column)).collect();
        let columns = match columns.as_slice() {
            [column] => column.clone(),
            columns => format!("({})", columns.join(", ")),
        };
        Some(format!("{}, {columns}", name(table)?))
    };
    let mut chain = Chain::of("ForeignKey::create()")
        .call("name", string(key))
        .call("from", side(table, &foreign.columns)?)
        .call("to", side(&foreign.referenced_table, &foreign.referenced_columns)?);
    for (call, action) in [("on_delete", foreign.on_delete), ("on_update", foreign.on_update)] {
        if let Some(action) = word(action) {
            chain = chain.call(call, format!("ForeignKeyAction::{action}"));
        }
    }
    // Tuples of columns go so far.
    (foreign.columns.len() <= 3).then_some(chain)
}

fn word(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("Restrict"),
        Action::Cascade => Some("Cascade"),
        Action::SetNull => Some("SetNull"),
        Action::SetDefault => Some("SetDefault"),
    }
}
