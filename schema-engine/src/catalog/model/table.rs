//! Tables and columns. Pure.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};

use super::{Constraint, ConstraintKind, Index, Key, SequenceOptions, Trigger, assignments};
use crate::catalog::identifier::{QualifiedName, quote};

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// Its constraints but NOT NULL, which is the column's.
    pub constraints: BTreeMap<String, Constraint>,
    /// Its indexes, those that back a constraint among them.
    pub indexes: BTreeMap<String, Index>,
    /// Its triggers; those that a partition has from its parent are the parent's alone.
    pub triggers: BTreeMap<String, Trigger>,
    /// How it is partitioned: what follows PARTITION BY.
    pub partition_key: Option<String>,
    /// What it is a partition of.
    pub partition: Option<Partition>,
    /// The tables that it inherits from, in their order.
    pub parents: Vec<QualifiedName>,
    /// Its storage parameters.
    pub options: BTreeMap<String, String>,
    /// The table access method, where that is not `heap`.
    pub access_method: Option<String>,
    /// Whether a crash empties it.
    pub is_unlogged: bool,
    /// Whether policies say who sees which row.
    pub has_row_security: bool,
    /// Whether they do so for its owner too.
    pub is_row_security_forced: bool,
    /// What logical replication knows a row by.
    pub replica_identity: ReplicaIdentity,
    /// The comment on it.
    pub comment: Option<String>,
}

/// What a partition is a part of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// The partitioned table.
    pub of: QualifiedName,
    /// Which rows of it: `FOR VALUES …` or `DEFAULT`.
    pub bound: String,
}

/// What logical replication knows a row by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplicaIdentity {
    /// Its primary key.
    #[default]
    PrimaryKey,
    /// This index.
    Index(String),
    /// All its columns.
    Full,
    /// Nothing.
    Nothing,
}

/// A column of a table or view.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as PostgreSQL formats it.
    pub data_type: String,
    /// Whether it holds no null.
    pub is_not_null: bool,
    /// Where its value comes from when no one gives it.
    pub value: Option<ColumnValue>,
    /// Its collation, where that is not the type's.
    pub collation: Option<String>,
    /// How long values are stored, where that is not the type's way.
    pub storage: Option<Storage>,
    /// How long values are compressed, where that is said.
    pub compression: Option<String>,
    /// How closely ANALYZE looks at it, where that is said.
    pub statistics: Option<i32>,
    /// Its parameters.
    pub options: BTreeMap<String, String>,
    /// Whether it comes from a parent table alone.
    pub is_inherited: bool,
    /// The comment on it.
    pub comment: Option<String>,
}

/// Where the value of a column comes from when no one gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnValue {
    /// An expression, when a row is inserted.
    Default(String),
    /// An expression over the other columns, always.
    Generated {
        /// The expression.
        expression: String,
        /// Whether it is computed when it is read (release 18), not when it is written.
        is_virtual: bool,
    },
    /// A sequence of its own.
    Identity {
        /// Whether another value may be given.
        generation: Generation,
        /// How the sequence counts.
        sequence: SequenceOptions,
    },
}

/// Whether another value than the sequence's may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Generation {
    /// No.
    Always,
    /// Yes.
    ByDefault,
}

/// How long values are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// In the row.
    Plain,
    /// Outside the row.
    External,
    /// Compressed or, where that is not enough, outside the row.
    Extended,
    /// Compressed, and outside the row as a last resort.
    Main,
}

impl Table {
    /// Its primary key, with its name.
    pub fn primary_key(&self) -> Option<(&str, &Key)> {
        self.constraints.iter().find_map(|(name, constraint)| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => Some((name.as_str(), key)),
            _ => None,
        })
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Column {
    /// Writes it as CREATE TABLE has it, but for its [`Self::settings`].
    pub fn definition(&self) -> String {
        let mut sql = format!("{} {}", quote(&self.name), self.data_type);
        if let Some(compression) = &self.compression {
            let _ = write!(sql, " COMPRESSION {compression}");
        }
        if let Some(collation) = &self.collation {
            let _ = write!(sql, " COLLATE {collation}");
        }
        if let Some(value) = &self.value {
            let _ = write!(sql, " {}", value.definition());
        }
        if self.is_not_null {
            sql.push_str(" NOT NULL");
        }
        sql
    }

    /// Writes what only ALTER COLUMN can say in every release: what follows the column's name.
    pub fn settings(&self) -> Vec<String> {
        let storage = self.storage.map(|storage| format!("SET STORAGE {}", storage.sql()));
        let statistics = self.statistics.map(|target| format!("SET STATISTICS {target}"));
        let options =
            (!self.options.is_empty()).then(|| format!("SET ({})", assignments(&self.options)));
        storage.into_iter().chain(statistics).chain(options).collect()
    }
}

impl ColumnValue {
    /// Writes it as a column's definition has it.
    pub fn definition(&self) -> String {
        match self {
            Self::Default(expression) => format!("DEFAULT {expression}"),
            Self::Generated { expression, is_virtual } => {
                let way = if *is_virtual { "VIRTUAL" } else { "STORED" };
                format!("GENERATED ALWAYS AS ({expression}) {way}")
            }
            Self::Identity { generation, sequence } => {
                let counting = sequence.counting();
                let options = if counting.is_empty() { counting } else { format!(" ({counting})") };
                format!("GENERATED {} AS IDENTITY{options}", generation.sql())
            }
        }
    }
}

impl Generation {
    /// Writes what stands between GENERATED and AS IDENTITY.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Always => "ALWAYS",
            Self::ByDefault => "BY DEFAULT",
        }
    }
}

impl Storage {
    /// Writes what follows SET STORAGE.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::External => "EXTERNAL",
            Self::Extended => "EXTENDED",
            Self::Main => "MAIN",
        }
    }
}
