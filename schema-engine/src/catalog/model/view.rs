//! Views. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Column, Index, Trigger, with_options};
use crate::catalog::identifier::{QualifiedName, quote, quote_list};

/// A view, materialised or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Whether it keeps its rows.
    pub is_materialized: bool,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// The query, without a semicolon at its end.
    pub query: String,
    /// Its options, or the storage parameters of a materialised one.
    pub options: BTreeMap<String, String>,
    /// The table access method of a materialised one, where that is not `heap`.
    pub access_method: Option<String>,
    /// The indexes of a materialised one.
    pub indexes: BTreeMap<String, Index>,
    /// Its triggers.
    pub triggers: BTreeMap<String, Trigger>,
    /// The comment on it.
    pub comment: Option<String>,
}

impl View {
    /// Writes the statement that makes it, as `name`.
    pub fn definition(&self, name: &QualifiedName) -> String {
        let kind = if self.is_materialized { "MATERIALIZED VIEW" } else { "VIEW" };
        let columns: Vec<_> = self.columns.iter().map(|column| &column.name).collect();
        let method = self.access_method.as_deref().map(quote);
        let method = method.map(|method| format!(" USING {method}")).unwrap_or_default();
        format!(
            "CREATE {kind} {name} ({}){method}{} AS {}",
            quote_list(&columns),
            with_options(&self.options),
            self.query
        )
    }
}
