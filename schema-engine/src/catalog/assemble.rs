//! Makes a catalog of rows. Pure.

mod constraints;
mod indexes;
mod relations;
mod schemas;

use std::collections::HashMap;

use super::{
    identifier::QualifiedName,
    inspect::{InspectError, Options},
    model::{Catalog, Composite, Table, View},
    registry::Registry,
    rows::Rows,
};

/// A catalog in the making: tables and the like are still known by their object ids.
#[derive(Debug, Default)]
struct Assembly {
    catalog: Catalog,
    registry: Registry,
    tables: HashMap<i64, (QualifiedName, Table)>,
    views: HashMap<i64, (QualifiedName, View)>,
    composites: HashMap<i64, (QualifiedName, Composite)>,
}

/// Makes a catalog of `rows`.
///
/// # Errors
///
/// Those of [`InspectError`] that are about what was read.
pub(super) fn assemble(rows: Rows, options: &Options) -> Result<Catalog, InspectError> {
    let mut assembly = Assembly { registry: Registry::of(&rows.columns), ..Assembly::default() };
    let identities = relations::identities(&rows.sequences);
    assembly.add_namespaces(rows.namespaces);
    assembly.add_extensions(rows.extensions);
    assembly.add_types(rows.types);
    assembly.add_relations(rows.relations, options)?;
    assembly.add_columns(rows.columns, &identities)?;
    assembly.add_sequences(rows.sequences)?;
    let backed = assembly.add_constraints(rows.constraints)?;
    assembly.add_indexes(rows.indexes, rows.index_keys, &backed)?;
    assembly.add_routines(rows.routines)?;
    assembly.add_triggers(rows.triggers)?;
    assembly.add_others(rows.others);
    // Last: everything has its name by now.
    let Assembly { mut catalog, registry, tables, views, composites } = assembly;
    catalog.dependencies =
        rows.dependencies.iter().filter_map(|row| registry.dependency(row)).collect();
    catalog.tables = tables.into_values().collect();
    catalog.views = views.into_values().collect();
    catalog.composites = composites.into_values().collect();
    Ok(catalog)
}

fn unknown(what: &'static str, letter: &str) -> InspectError {
    InspectError::Unknown { what, letter: letter.to_owned() }
}
