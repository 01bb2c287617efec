//! Whether an object is in a catalog. Pure.

use crate::catalog::{Catalog, model::Object};

pub(super) fn is_there(catalog: &Catalog, object: &Object) -> bool {
    match object {
        Object::Extension(name) => catalog.extensions.contains_key(name),
        Object::Type(name) => {
            catalog.enums.contains_key(name)
                || catalog.domains.contains_key(name)
                || catalog.composites.contains_key(name)
        }
        Object::Sequence(name) => catalog.sequences.contains_key(name),
        Object::Table(name) => catalog.tables.contains_key(name),
        Object::View(name) => catalog.views.contains_key(name),
        Object::Routine(signature) => catalog.routines.contains_key(signature),
        Object::Column { of, name } => {
            let is_of_table = catalog.tables.get(of).is_some_and(|it| it.column(name).is_some());
            let of_view = catalog.views.get(of).map(|view| &view.columns);
            let is_of_view = of_view.is_some_and(|it| it.iter().any(|it| it.name == *name));
            let of_type = catalog.composites.get(of).map(|composite| &composite.attributes);
            let is_of_type = of_type.is_some_and(|it| it.iter().any(|it| it.name == *name));
            is_of_table || is_of_view || is_of_type
        }
        Object::Constraint { of, name } => {
            let of_table = catalog.tables.get(of).map(|table| &table.constraints);
            let of_type = catalog.domains.get(of).map(|domain| &domain.constraints);
            of_table.or(of_type).is_some_and(|constraints| constraints.contains_key(name))
        }
        Object::Index { of, name } => {
            let of_table = catalog.tables.get(of).map(|table| &table.indexes);
            let of_view = catalog.views.get(of).map(|view| &view.indexes);
            of_table.or(of_view).is_some_and(|indexes| indexes.contains_key(name))
        }
        Object::Trigger { of, name } => {
            let of_table = catalog.tables.get(of).map(|table| &table.triggers);
            let of_view = catalog.views.get(of).map(|view| &view.triggers);
            of_table.or(of_view).is_some_and(|triggers| triggers.contains_key(name))
        }
        Object::Other(name) => catalog.others.contains_key(name),
    }
}
