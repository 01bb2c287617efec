//! The values that a catalog is made of. Pure; no value holds an object id of a server.
//!
//! Not part of it: owners and privileges, tablespaces, rows and what the server counts about them,
//! and the names of NOT NULL constraints, which only release 18 has.

mod constraint;
mod index;
mod object;
mod routine;
mod sequence;
mod table;
mod types;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::identifier::{QualifiedName, Signature};

pub use constraint::{
    Action, Check, Constraint, ConstraintKind, Deferral, Exclusion, ForeignKey, Key, Validity,
};
pub use index::{Index, IndexKey, KeySource};
pub use object::{Dependency, Object};
pub use routine::{Firing, Routine, RoutineKind, Trigger};
pub use sequence::{ColumnName, Sequence, SequenceOptions};
pub use table::{Column, ColumnValue, Generation, Partition, ReplicaIdentity, Storage, Table};
pub use types::{Attribute, Composite, Domain, Enum};
pub use view::View;

/// What a database holds beside its rows.
///
/// Everything is ordered by its name, so that two catalogs that hold the same are equal, whatever
/// the order they were created and read in. Dependencies do not count in that: they follow from the
/// rest, and even minor releases differ in which of those that follow from others they write down.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// The namespaces, `public` among them.
    pub namespaces: BTreeMap<String, Namespace>,
    /// The extensions but `plpgsql`, which every database has.
    pub extensions: BTreeMap<String, Extension>,
    /// The enums.
    pub enums: BTreeMap<QualifiedName, Enum>,
    /// The domains.
    pub domains: BTreeMap<QualifiedName, Domain>,
    /// The composite types that are no table's row.
    pub composites: BTreeMap<QualifiedName, Composite>,
    /// The sequences but those of identity columns, which are part of the column.
    pub sequences: BTreeMap<QualifiedName, Sequence>,
    /// The tables, partitioned ones and partitions among them.
    pub tables: BTreeMap<QualifiedName, Table>,
    /// The views, materialised ones among them.
    pub views: BTreeMap<QualifiedName, View>,
    /// The functions and procedures; aggregates are among [`Self::others`].
    pub routines: BTreeMap<Signature, Routine>,
    /// Objects of every other kind, by their kind and identity: they are seen, and where PostgreSQL
    /// can write their definition, so is a change of it.
    pub others: BTreeMap<String, Other>,
    /// What stands on what. A thing that is part of another, such as a column of its table, has no
    /// edge for that.
    pub dependencies: BTreeSet<Dependency>,
}

impl PartialEq for Catalog {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            namespaces,
            extensions,
            enums,
            domains,
            composites,
            sequences,
            tables,
            views,
            routines,
            others,
            dependencies: _,
        } = self;
        *namespaces == other.namespaces
            && *extensions == other.extensions
            && *enums == other.enums
            && *domains == other.domains
            && *composites == other.composites
            && *sequences == other.sequences
            && *tables == other.tables
            && *views == other.views
            && *routines == other.routines
            && *others == other.others
    }
}

impl Eq for Catalog {}

/// A namespace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namespace {
    /// The comment on it; the one that `initdb` gives `public` does not count.
    pub comment: Option<String>,
}

/// An extension.
///
/// Two in the same namespace are equal: the version is the server's matter, and the comment is its
/// version's, or says who created it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Extension {
    /// Where its objects are.
    pub namespace: String,
    /// Its version.
    pub version: String,
    /// The comment on it; CREATE EXTENSION gives it one.
    pub comment: Option<String>,
}

impl PartialEq for Extension {
    fn eq(&self, other: &Self) -> bool {
        let Self { namespace, version: _, comment: _ } = self;
        *namespace == other.namespace
    }
}

impl Eq for Extension {}

/// An object of a kind that has no value of its own here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// The statement that makes it, where PostgreSQL can write it.
    pub definition: Option<String>,
    /// The comment on it.
    pub comment: Option<String>,
}

/// Writes storage parameters, with the word before them, or nothing where there are none.
fn with_options(options: &BTreeMap<String, String>) -> String {
    if options.is_empty() {
        return String::new();
    }
    format!(" WITH ({})", assignments(options))
}

fn assignments(options: &BTreeMap<String, String>) -> String {
    let pairs = options.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join(", ")
}
