//! Which of the things that go and come are alike enough to be the same. Pure.

use std::collections::BTreeSet;

use super::Rename;
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Column, Table},
};

/// Offers what may be renames: a table that goes beside one that comes with mostly the same columns,
/// a column beside one of the same type, a label of an enum beside the one in its place.
///
/// Nothing but a person knows whether they are; each thing is offered once.
pub fn renames(from: &Catalog, to: &Catalog) -> Vec<Rename> {
    let mut renames = tables(from, to);
    let mut old_catalog = from.clone();
    for rename in &renames {
        rename.apply(&mut old_catalog);
    }
    for (name, old) in &old_catalog.tables {
        if let Some(new) = to.tables.get(name) {
            renames.extend(columns(name, old, new));
        }
    }
    for (name, old) in &from.enums {
        if let Some(new) = to.enums.get(name) {
            renames.extend(labels(name, &old.labels, &new.labels));
        }
    }
    renames
}

fn tables(from: &Catalog, to: &Catalog) -> Vec<Rename> {
    let mut pairs = Vec::new();
    for (old_name, old) in from.tables.iter().filter(|(name, _)| !to.tables.contains_key(*name)) {
        for (new_name, new) in &to.tables {
            let is_new = !from.tables.contains_key(new_name);
            let likeness = likeness(old, new);
            if is_new && old_name.namespace == new_name.namespace && likeness >= 50 {
                pairs.push((likeness, old_name, new_name));
            }
        }
    }
    let table = |(from, to): (&QualifiedName, &QualifiedName)| Rename::Table {
        from: from.clone(),
        to: to.clone(),
    };
    best(pairs).into_iter().map(table).filter(|rename| rename.is_possible(from)).collect()
}

/// How many of a hundred columns two tables share.
fn likeness(old: &Table, new: &Table) -> usize {
    let is_of = |(old, new): &(Option<&String>, Option<&String>)| old == new;
    if !is_of(&(old.partition_key.as_ref(), new.partition_key.as_ref()))
        || old.partition != new.partition
    {
        return 0;
    }
    let shared = old.columns.iter().filter(|column| {
        new.column(&column.name).is_some_and(|other| other.data_type == column.data_type)
    });
    let most = old.columns.len().max(new.columns.len());
    (shared.count() * 100).checked_div(most).unwrap_or_default()
}

fn columns(table: &QualifiedName, old: &Table, new: &Table) -> Vec<Rename> {
    let own = |(_, column): &(usize, &Column)| !column.is_inherited;
    let gone = old.columns.iter().enumerate().filter(own);
    let gone: Vec<_> = gone.filter(|(_, column)| new.column(&column.name).is_none()).collect();
    let come = new.columns.iter().enumerate().filter(own);
    let come: Vec<_> = come.filter(|(_, column)| old.column(&column.name).is_none()).collect();
    let mut pairs = Vec::new();
    for (place, old) in &gone {
        for (new_place, new) in &come {
            let is_like = (&old.data_type, &old.collation) == (&new.data_type, &new.collation)
                && super::super::columns::is_alterable(old, new);
            if is_like {
                let agreement = usize::from(old.is_not_null == new.is_not_null)
                    + usize::from(old.value == new.value)
                    + usize::from(old.comment == new.comment);
                let nearness = 50_usize.saturating_sub(place.abs_diff(*new_place));
                pairs.push((agreement * 100 + nearness, &old.name, &new.name));
            }
        }
    }
    let column = |(from, to): (&String, &String)| Rename::Column {
        table: table.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    best(pairs).into_iter().map(column).collect()
}

fn labels(of: &QualifiedName, old: &[String], new: &[String]) -> Vec<Rename> {
    if old.len() != new.len() {
        return Vec::new();
    }
    let pairs = old.iter().zip(new).filter(|(old_label, new_label)| {
        old_label != new_label && !new.contains(old_label) && !old.contains(new_label)
    });
    let label = |(from, to): (&String, &String)| Rename::Label {
        of: of.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    pairs.map(label).collect()
}

/// The pairs that are most alike, each thing once, by their names.
fn best<'a, T: Ord>(mut pairs: Vec<(usize, &'a T, &'a T)>) -> Vec<(&'a T, &'a T)> {
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut olds, mut news) = (BTreeSet::new(), BTreeSet::new());
    let mut chosen = Vec::new();
    for (_, old, new) in pairs {
        if !olds.contains(old) && !news.contains(new) {
            olds.insert(old);
            news.insert(new);
            chosen.push((old, new));
        }
    }
    chosen.sort();
    chosen
}
