//! Enums. Pure.

use crate::catalog::{
    Catalog, QualifiedName,
    model::{Dependency, Enum, Object},
};

/// Gives enums the labels that the entities say, and makes those that are missing.
pub(super) fn settle(target: &mut Catalog, entities: &Catalog) {
    for (name, said) in &entities.enums {
        match target.enums.get_mut(name) {
            Some(made) => made.labels.clone_from(&said.labels),
            None if target.domains.contains_key(name) || target.composites.contains_key(name) => {}
            None => {
                let new = Enum { labels: said.labels.clone(), comment: None };
                target.enums.insert(name.clone(), new);
            }
        }
    }
}

/// Drops the enums that columns of `base` have, and nothing has any more.
pub(super) fn drop_unused(target: &mut Catalog, base: &Catalog, entities: &Catalog) {
    let is_of_column = |catalog: &Catalog, name: &QualifiedName| {
        let (one, many) = (name.to_string(), format!("{name}[]"));
        let mut columns = catalog.tables.values().flat_map(|table| &table.columns);
        columns.any(|column| column.data_type == one || column.data_type == many)
    };
    let unused: Vec<QualifiedName> = target
        .enums
        .keys()
        .filter(|name| !entities.enums.contains_key(*name))
        .filter(|name| is_of_column(base, name) && !is_of_column(target, name))
        .filter(|name| !is_needed(target, base, name))
        .cloned()
        .collect();
    for name in unused {
        target.enums.remove(&name);
    }
}

/// Whether something other than a column stands on it that stays.
fn is_needed(target: &Catalog, base: &Catalog, name: &QualifiedName) -> bool {
    let on = Object::Type(name.clone());
    base.dependencies.iter().any(|Dependency { dependent, on: ground }| {
        *ground == on
            && !matches!(dependent, Object::Column { of, .. } if base.tables.contains_key(of))
            && super::existence::is_there(target, dependent)
    })
}
