//! What of an object a change is about. Pure.

use std::collections::BTreeMap;

use crate::catalog::{
    QualifiedName,
    model::{Attribute, Column, Composite, Domain, Enum, Object, ReplicaIdentity},
};

/// A type that a database defines for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeDefinition {
    /// An enum.
    Enum(Enum),
    /// A domain with its checks.
    Domain(Domain),
    /// A composite type.
    Composite(Composite),
}

/// Where a label of an enum stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelPlace {
    /// Right before this one.
    Before(String),
    /// After all.
    Last,
}

/// What of a domain is altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DomainAspect {
    /// Its default.
    Default,
    /// Whether it holds no null.
    NotNull,
}

/// What is done to an attribute of a composite type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeAction {
    /// There is a new one.
    Add(Attribute),
    /// It goes.
    Drop(Attribute),
    /// Its type or collation changes.
    Retype {
        /// What it was.
        from: Attribute,
        /// What it becomes.
        to: Attribute,
    },
}

/// A type that is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuiltType {
    /// Its name.
    pub name: QualifiedName,
    /// What it was.
    pub from: TypeDefinition,
    /// What it becomes; the same where only a type within it changes.
    pub to: TypeDefinition,
}

/// A column whose type is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetypedColumn {
    /// Its table.
    pub table: QualifiedName,
    /// What it was.
    pub from: Column,
    /// What it becomes.
    pub to: Column,
}

/// What of a table is altered, from what it was to what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of each are what it was and what it becomes")]
pub enum TableAspect {
    Options { from: BTreeMap<String, String>, to: BTreeMap<String, String> },
    AccessMethod { from: Option<String>, to: Option<String> },
    Unlogged { to: bool },
    RowSecurity { to: bool },
    ForcedRowSecurity { to: bool },
    ReplicaIdentity { from: ReplicaIdentity, to: ReplicaIdentity },
    Parents { from: Vec<QualifiedName>, to: Vec<QualifiedName> },
}

/// What of a column is altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnAspect {
    /// Its type or collation, and its default with it.
    Type,
    /// Whether it holds no null.
    NotNull,
    /// Where its value comes from.
    Value,
    /// How it is stored, compressed and looked at by ANALYZE.
    Settings,
}

/// What a constraint is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constrained {
    /// A table.
    Table(QualifiedName),
    /// A domain.
    Domain(QualifiedName),
}

/// What a comment is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commented {
    /// A namespace.
    Namespace(String),
    /// A materialised view.
    MaterializedView(QualifiedName),
    /// A constraint of a domain.
    DomainConstraint {
        /// The domain.
        of: QualifiedName,
        /// The constraint.
        name: String,
    },
    /// Any other object.
    Object(Object),
}

impl Constrained {
    /// Its name.
    pub fn name(&self) -> &QualifiedName {
        match self {
            Self::Table(name) | Self::Domain(name) => name,
        }
    }
}

impl TypeDefinition {
    /// The comment on it.
    pub fn comment(&self) -> Option<&String> {
        match self {
            Self::Enum(found) => found.comment.as_ref(),
            Self::Domain(found) => found.comment.as_ref(),
            Self::Composite(found) => found.comment.as_ref(),
        }
    }

    /// Writes the statement that makes it, as `name`.
    pub fn definition(&self, name: &QualifiedName) -> String {
        match self {
            Self::Enum(found) => found.definition(name),
            Self::Domain(found) => found.definition(name),
            Self::Composite(found) => found.definition(name),
        }
    }
}
