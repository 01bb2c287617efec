//! One way in which a database differs from what its migrations give. Pure.

use serde::Serialize;

use crate::catalog::QualifiedName;

/// One difference, and what mends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs, such as `column public.users.email`.
    pub object: String,
    /// How, in one line that names it.
    pub description: String,
    /// What differs with it, each in one line: what stood on it, and what came with it.
    pub with_it: Vec<String>,
    /// The statements that mend it; they count on those of the differences before it.
    pub sql: Vec<String>,
    /// Whether they lose data.
    pub loses_data: bool,
    /// Whether they write every row of a table anew, and nobody can use it meanwhile.
    pub is_rewrite: bool,
    /// Whether they read all of a table, and nobody can write it meanwhile.
    pub is_scan: bool,
    /// The table that is rewritten or read.
    #[serde(skip)]
    pub(super) table: Option<QualifiedName>,
    /// How many rows that table has, by the server's estimate; none where it has none.
    pub rows: Option<i64>,
}

impl Difference {
    /// All that differs, each in one line.
    pub fn descriptions(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.description).chain(&self.with_it).map(String::as_str)
    }

    /// What it costs to mend it, if it costs more than a moment.
    pub fn price(&self) -> Option<String> {
        let rows = match self.rows {
            Some(rows) => format!("about {rows} rows"),
            None => "its rows were never counted".to_owned(),
        };
        let work = self.table.as_ref().and_then(|table| match (self.is_rewrite, self.is_scan) {
            (true, _) => {
                Some(format!("a rewrite of {table}, {rows}, which nobody can use meanwhile"))
            }
            (_, true) => {
                Some(format!("reads all of {table}, {rows}, which nobody can write meanwhile"))
            }
            _ => None,
        });
        let loss = self.loses_data.then(|| "loses data".to_owned());
        let price: Vec<String> = work.into_iter().chain(loss).collect();
        (!price.is_empty()).then(|| price.join(", "))
    }
}
