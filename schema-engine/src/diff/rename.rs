//! Things that have another name, and which of those that go and come may be the same. Pure.

mod apply;
mod offer;
mod text;

use super::{Change, trunk::has_relation};
use crate::catalog::{Catalog, QualifiedName};

pub use offer::renames;

/// That a thing is the same under another name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rename {
    /// A table, within its namespace.
    Table {
        /// Its name.
        from: QualifiedName,
        /// What it becomes.
        to: QualifiedName,
    },
    /// A column of a table.
    Column {
        /// The table, by the name that it has in the end.
        table: QualifiedName,
        /// Its name.
        from: String,
        /// What it becomes.
        to: String,
    },
    /// A label of an enum.
    Label {
        /// The enum.
        of: QualifiedName,
        /// The label.
        from: String,
        /// What it becomes.
        to: String,
    },
    /// A constraint of a table, with the index that backs it.
    Constraint {
        /// The table.
        table: QualifiedName,
        /// Its name.
        from: String,
        /// What it becomes.
        to: String,
    },
    /// An index that backs no constraint.
    Index {
        /// The table or materialised view.
        table: QualifiedName,
        /// Its name.
        from: String,
        /// What it becomes.
        to: String,
    },
}

/// Gives `catalog` with the new names, as far as it has the one and not yet the other.
pub fn renamed(catalog: &Catalog, renames: &[Rename]) -> Catalog {
    let mut catalog = catalog.clone();
    for rename in renames {
        if rename.is_possible(&catalog) {
            rename.apply(&mut catalog);
        }
    }
    catalog
}

impl Rename {
    /// Writes it as the option `--rename` takes it, `old=new`.
    pub fn option(&self) -> String {
        match self {
            Self::Table { from, to } => format!("{}={}", from.name, to.name),
            Self::Column { table: of, from, to }
            | Self::Label { of, from, to }
            | Self::Constraint { table: of, from, to }
            | Self::Index { table: of, from, to } => format!("{}.{from}={to}", of.name),
        }
    }

    /// Whether `catalog` has the one name and not yet the other.
    pub(super) fn is_possible(&self, catalog: &Catalog) -> bool {
        match self {
            Self::Table { from, to } => {
                from.namespace == to.namespace
                    && catalog.tables.contains_key(from)
                    && !has_relation(catalog, to)
            }
            Self::Column { table, from, to } => catalog.tables.get(table).is_some_and(|table| {
                table.column(from).is_some_and(|column| !column.is_inherited)
                    && table.column(to).is_none()
            }),
            Self::Label { of, from, to } => catalog
                .enums
                .get(of)
                .is_some_and(|found| found.labels.contains(from) && !found.labels.contains(to)),
            Self::Constraint { table: of, from, to } => {
                let is_taken = |table: &QualifiedName| {
                    let table = catalog.tables.get(table);
                    table.is_some_and(|table| table.constraints.contains_key(to))
                };
                catalog.tables.get(of).is_some_and(|table| {
                    let is_free = !table.indexes.contains_key(from)
                        || !has_relation(catalog, &QualifiedName::new(&of.namespace, to));
                    table.constraints.contains_key(from)
                        && !apply::heirs(catalog, of, from).iter().any(is_taken)
                        && is_free
                })
            }
            Self::Index { table, from, to } => {
                let of_table = catalog.tables.get(table).map(|table| &table.indexes);
                let indexes =
                    of_table.or_else(|| catalog.views.get(table).map(|view| &view.indexes));
                indexes.is_some_and(|indexes| indexes.contains_key(from))
                    && !has_relation(catalog, &QualifiedName::new(&table.namespace, to))
            }
        }
    }

    /// The change that it is.
    pub(super) fn change(&self) -> Change {
        match self.clone() {
            Self::Table { from, to } => Change::RenameTable { from, to },
            Self::Column { table, from, to } => Change::RenameColumn { table, from, to },
            Self::Label { of, from, to } => Change::RenameEnumLabel { name: of, from, to },
            Self::Constraint { table, from, to } => Change::RenameConstraint { table, from, to },
            Self::Index { table, from, to } => Change::RenameIndex { table, from, to },
        }
    }
}
