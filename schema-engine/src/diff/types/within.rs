//! Which columns hold values of a domain within others: in arrays, in composites. Pure.

use std::collections::BTreeSet;

use super::TypeDefinition;
use crate::{
    catalog::{
        Catalog, QualifiedName,
        model::{Column, Domain, Validity},
    },
    diff::constraints,
};

/// Whether a domain takes fewer values and columns hold it within others, which the server would
/// refuse to look through.
pub(in crate::diff) fn is_tightened_within(
    from: &Catalog,
    name: &QualifiedName,
    (old, new): (&TypeDefinition, &TypeDefinition),
) -> bool {
    match (old, new) {
        (TypeDefinition::Domain(old), TypeDefinition::Domain(new)) => {
            is_tightened(old, new) && is_within(from, name)
        }
        _ => false,
    }
}

fn is_tightened(old: &Domain, new: &Domain) -> bool {
    let is_new_check = new.constraints.iter().any(|(key, check)| {
        constraints::validity(check) == Some(Validity::Valid)
            && old.constraints.get(key).is_none_or(|was| was.kind != check.kind)
    });
    new.is_not_null && !old.is_not_null || is_new_check
}

fn is_within(catalog: &Catalog, name: &QualifiedName) -> bool {
    let mut alike = BTreeSet::from([name.to_string()]);
    let mut beyond = alike.clone();
    loop {
        let before = alike.len() + beyond.len();
        for (name, domain) in &catalog.domains {
            if alike.contains(&domain.data_type) {
                alike.insert(name.to_string());
            }
            if beyond.contains(element(&domain.data_type)) {
                beyond.insert(name.to_string());
            }
        }
        let composites = catalog.composites.iter().map(|(name, composite)| {
            let types = composite.attributes.iter().map(|attribute| &attribute.data_type);
            (name, types.collect::<Vec<_>>())
        });
        let tables = catalog.tables.iter().map(|(name, table)| {
            (name, table.columns.iter().map(|column| &column.data_type).collect())
        });
        for (name, types) in composites.chain(tables) {
            if types.iter().any(|data_type| beyond.contains(element(data_type))) {
                beyond.insert(name.to_string());
            }
        }
        if alike.len() + beyond.len() == before {
            break;
        }
    }
    let tables = catalog.tables.values().flat_map(|table| &table.columns);
    let views = catalog.views.values().filter(|view| view.is_materialized);
    let is_within = |column: &Column| {
        beyond.contains(element(&column.data_type)) && !alike.contains(&column.data_type)
    };
    tables.chain(views.flat_map(|view| &view.columns)).any(is_within)
}

fn element(data_type: &str) -> &str {
    data_type.trim_end_matches("[]")
}
