//! Which object is meant, and which stands on which. Pure.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalog::identifier::{QualifiedName, Signature, quote};

/// An object of a catalog, or a part of one that others can stand on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// An extension, or whatever belongs to it.
    Extension(String),
    /// An enum, domain or composite type.
    Type(QualifiedName),
    /// A sequence that is no identity column's.
    Sequence(QualifiedName),
    /// A table.
    Table(QualifiedName),
    /// A view, materialised or not.
    View(QualifiedName),
    /// A function or procedure.
    Routine(Signature),
    /// A column of a table or view, or an attribute of a composite type.
    Column {
        /// The table, view or type.
        of: QualifiedName,
        /// The column.
        name: String,
    },
    /// A constraint of a table or domain, with the index that backs it.
    Constraint {
        /// The table or domain.
        of: QualifiedName,
        /// The constraint.
        name: String,
    },
    /// An index that backs no constraint.
    Index {
        /// The table or materialised view.
        of: QualifiedName,
        /// The index.
        name: String,
    },
    /// A trigger.
    Trigger {
        /// The table or view.
        of: QualifiedName,
        /// The trigger.
        name: String,
    },
    /// A member of [`super::Catalog::others`], by its key there.
    Other(String),
}

/// That one object cannot be without another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dependency {
    /// What is created later and dropped earlier.
    pub dependent: Object,
    /// What it stands on.
    pub on: Object,
}

impl Object {
    /// What it is a part of.
    pub fn container(&self) -> Option<&QualifiedName> {
        match self {
            Self::Column { of, .. }
            | Self::Constraint { of, .. }
            | Self::Index { of, .. }
            | Self::Trigger { of, .. } => Some(of),
            _ => None,
        }
    }

    /// Its name, where it is no part of anything.
    pub fn qualified_name(&self) -> Option<&QualifiedName> {
        match self {
            Self::Type(name) | Self::Sequence(name) | Self::Table(name) | Self::View(name) => {
                Some(name)
            }
            Self::Routine(signature) => Some(&signature.name),
            _ => None,
        }
    }
}

impl fmt::Display for Object {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Extension(name) => write!(formatter, "extension {}", quote(name)),
            Self::Type(name) => write!(formatter, "type {name}"),
            Self::Sequence(name) => write!(formatter, "sequence {name}"),
            Self::Table(name) => write!(formatter, "table {name}"),
            Self::View(name) => write!(formatter, "view {name}"),
            Self::Routine(signature) => write!(formatter, "routine {signature}"),
            Self::Column { of, name } => write!(formatter, "column {of}.{}", quote(name)),
            Self::Constraint { of, name } => write!(formatter, "constraint {of}.{}", quote(name)),
            Self::Index { of, name } => write!(formatter, "index {of}.{}", quote(name)),
            Self::Trigger { of, name } => write!(formatter, "trigger {of}.{}", quote(name)),
            Self::Other(identity) => formatter.write_str(identity),
        }
    }
}

impl fmt::Display for Dependency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} stands on {}", self.dependent, self.on)
    }
}
