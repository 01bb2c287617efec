//! Types that a database defines for itself. Pure.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};

use super::Constraint;
use crate::catalog::identifier::{QualifiedName, literal, quote};

/// An enum.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    /// Its labels, in their order.
    pub labels: Vec<String>,
    /// The comment on it.
    pub comment: Option<String>,
}

/// A domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// The type beneath it, as PostgreSQL formats it.
    pub data_type: String,
    /// Its collation, where that is not the type's.
    pub collation: Option<String>,
    /// Its default.
    pub default: Option<String>,
    /// Whether it holds no null.
    pub is_not_null: bool,
    /// Its checks.
    pub constraints: BTreeMap<String, Constraint>,
    /// The comment on it.
    pub comment: Option<String>,
}

/// A composite type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composite {
    /// Its attributes, in their order.
    pub attributes: Vec<Attribute>,
    /// The comment on it.
    pub comment: Option<String>,
}

/// An attribute of a composite type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type, as PostgreSQL formats it.
    pub data_type: String,
    /// Its collation, where that is not the type's.
    pub collation: Option<String>,
    /// The comment on it.
    pub comment: Option<String>,
}

impl Enum {
    /// Writes the statement that makes it, as `name`.
    pub fn definition(&self, name: &QualifiedName) -> String {
        let labels: Vec<_> = self.labels.iter().map(|label| literal(label)).collect();
        format!("CREATE TYPE {name} AS ENUM ({})", labels.join(", "))
    }
}

impl Domain {
    /// Writes the statement that makes it, as `name`, but for its constraints.
    pub fn definition(&self, name: &QualifiedName) -> String {
        let mut sql = format!("CREATE DOMAIN {name} AS {}", self.data_type);
        if let Some(collation) = &self.collation {
            let _ = write!(sql, " COLLATE {collation}");
        }
        if let Some(default) = &self.default {
            let _ = write!(sql, " DEFAULT {default}");
        }
        if self.is_not_null {
            sql.push_str(" NOT NULL");
        }
        sql
    }
}

impl Composite {
    /// Writes the statement that makes it, as `name`.
    pub fn definition(&self, name: &QualifiedName) -> String {
        let attributes: Vec<_> = self.attributes.iter().map(Attribute::definition).collect();
        format!("CREATE TYPE {name} AS ({})", attributes.join(", "))
    }
}

impl Attribute {
    /// Writes it as CREATE TYPE has it.
    pub fn definition(&self) -> String {
        let mut sql = format!("{} {}", quote(&self.name), self.data_type);
        if let Some(collation) = &self.collation {
            let _ = write!(sql, " COLLATE {collation}");
        }
        sql
    }
}
