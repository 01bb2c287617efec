//! Indexes. Pure.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};

use super::with_options;
use crate::catalog::identifier::{QualifiedName, quote, quote_list};

/// An index of a table or materialised view; its name is the key of the map that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The access method, such as `btree`.
    pub method: String,
    /// What it is searched by, in order.
    pub keys: Vec<IndexKey>,
    /// The columns that it carries along.
    pub include: Vec<String>,
    /// What a row must fulfil to be in it.
    pub predicate: Option<String>,
    /// Its storage parameters.
    pub options: BTreeMap<String, String>,
    /// Whether no two rows may have the same keys.
    pub is_unique: bool,
    /// Whether two nulls are the same key (since release 15).
    pub is_nulls_not_distinct: bool,
    /// Whether it is left over from a failed build, or for a partitioned table lacks partitions.
    pub is_invalid: bool,
    /// The constraint of its table that it is the machinery of.
    pub constraint: Option<String>,
    /// The index of the partitioned table that it is part of.
    pub parent: Option<QualifiedName>,
    /// The comment on it.
    pub comment: Option<String>,
}

/// One of the things that an index is searched by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexKey {
    /// Where the value comes from.
    pub source: KeySource,
    /// Its collation, where that is not the one of the column.
    pub collation: Option<String>,
    /// Its operator class with the class's parameters, where that is not the type's default.
    pub operator_class: Option<String>,
    /// Whether the greatest comes first.
    pub is_descending: bool,
    /// Whether nulls come before everything else.
    pub is_nulls_first: bool,
}

/// Where the value of an index key comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    /// A column.
    Column(String),
    /// An expression, with the parentheses that it needs.
    Expression(String),
}

impl Index {
    /// Writes the statement that makes it, as `name` on `table`.
    pub fn definition(&self, table: &QualifiedName, name: &str) -> String {
        let mut sql = format!(
            "CREATE {}INDEX {} ON {table} USING {} ({})",
            if self.is_unique { "UNIQUE " } else { "" },
            quote(name),
            quote(&self.method),
            self.keys.iter().map(IndexKey::definition).collect::<Vec<_>>().join(", "),
        );
        if !self.include.is_empty() {
            let _ = write!(sql, " INCLUDE ({})", quote_list(&self.include));
        }
        if self.is_nulls_not_distinct {
            sql.push_str(" NULLS NOT DISTINCT");
        }
        sql.push_str(&with_options(&self.options));
        if let Some(predicate) = &self.predicate {
            let _ = write!(sql, " WHERE {predicate}");
        }
        sql
    }
}

impl IndexKey {
    fn definition(&self) -> String {
        let mut sql = match &self.source {
            KeySource::Column(name) => quote(name).into_owned(),
            KeySource::Expression(expression) => expression.clone(),
        };
        if let Some(collation) = &self.collation {
            let _ = write!(sql, " COLLATE {collation}");
        }
        if let Some(class) = &self.operator_class {
            let _ = write!(sql, " {class}");
        }
        sql.push_str(match (self.is_descending, self.is_nulls_first) {
            (false, false) => "",
            (false, true) => " NULLS FIRST",
            (true, true) => " DESC",
            (true, false) => " DESC NULLS LAST",
        });
        sql
    }
}
