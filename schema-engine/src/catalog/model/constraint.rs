//! Constraints of tables and domains. Pure.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::{Index, with_options};
use crate::catalog::identifier::{QualifiedName, quote_list};

/// A constraint; its name is the key of the map that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// What it demands.
    pub kind: ConstraintKind,
    /// Whether it comes from a parent table alone, and so goes with the parent's.
    pub is_inherited: bool,
    /// The comment on it.
    pub comment: Option<String>,
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    /// PRIMARY KEY.
    PrimaryKey(Key),
    /// UNIQUE.
    Unique(Key),
    /// FOREIGN KEY.
    ForeignKey(ForeignKey),
    /// CHECK.
    Check(Check),
    /// EXCLUDE.
    Exclusion(Exclusion),
}

/// A primary key or a unique constraint; the rest of it is in the index of the same name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// When it is checked.
    pub deferral: Deferral,
    /// Whether the last column is a range that must not overlap (release 18).
    pub is_without_overlaps: bool,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The columns that refer, in order.
    pub columns: Vec<String>,
    /// The table that they refer to.
    pub referenced_table: QualifiedName,
    /// The columns that they refer to, in the same order.
    pub referenced_columns: Vec<String>,
    /// What happens to the row when the one it refers to is deleted.
    pub on_delete: Action,
    /// The columns that `on_delete` sets; all where there are none.
    pub on_delete_columns: Vec<String>,
    /// What happens to the row when the columns it refers to change.
    pub on_update: Action,
    /// Whether either none or all of the columns are null (MATCH FULL).
    pub is_match_full: bool,
    /// When it is checked.
    pub deferral: Deferral,
    /// Whether the last column is a range that must be covered (release 18).
    pub has_period: bool,
    /// Which rows it holds for.
    pub validity: Validity,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What must not be false.
    pub expression: String,
    /// Whether child tables are free of it.
    pub is_no_inherit: bool,
    /// Which rows it holds for.
    pub validity: Validity,
}

/// An exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The whole of it, as SQL.
    pub definition: String,
}

/// What a foreign key does to the rows that refer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Refuses, at the end of the statement or transaction.
    #[default]
    NoAction,
    /// Refuses at once.
    Restrict,
    /// Does the same to them.
    Cascade,
    /// Sets the columns to null.
    SetNull,
    /// Sets the columns to their defaults.
    SetDefault,
}

/// When a constraint is checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferral {
    /// With every row or statement.
    #[default]
    NotDeferrable,
    /// With every statement, unless a transaction puts it off.
    InitiallyImmediate,
    /// When the transaction commits, unless it asks earlier.
    InitiallyDeferred,
}

/// Which rows a constraint holds for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// All.
    #[default]
    Valid,
    /// Those that were written after it was made; nobody looked at the others.
    NotValid,
    /// None: it is written down and never checked (release 18).
    NotEnforced,
}

impl Constraint {
    /// Writes what follows CONSTRAINT and the name; `index` is the one that backs a key.
    pub fn definition(&self, index: Option<&Index>) -> String {
        match &self.kind {
            ConstraintKind::PrimaryKey(key) => key.definition("PRIMARY KEY", index),
            ConstraintKind::Unique(key) => key.definition("UNIQUE", index),
            ConstraintKind::ForeignKey(key) => key.definition(),
            ConstraintKind::Check(check) => check.definition(),
            ConstraintKind::Exclusion(exclusion) => exclusion.definition.clone(),
        }
    }
}

impl Key {
    fn definition(&self, word: &str, index: Option<&Index>) -> String {
        let mut sql = word.to_owned();
        if index.is_some_and(|index| index.is_nulls_not_distinct) {
            sql.push_str(" NULLS NOT DISTINCT");
        }
        let _ = write!(sql, " ({}", quote_list(&self.columns));
        sql.push_str(if self.is_without_overlaps { " WITHOUT OVERLAPS)" } else { ")" });
        if let Some(index) = index {
            if !index.include.is_empty() {
                let _ = write!(sql, " INCLUDE ({})", quote_list(&index.include));
            }
            sql.push_str(&with_options(&index.options));
        }
        sql.push_str(self.deferral.sql());
        sql
    }
}

impl ForeignKey {
    fn definition(&self) -> String {
        let period = if self.has_period { "PERIOD " } else { "" };
        let list = |columns: &[String]| match columns.split_last() {
            Some((last, [])) => format!("{period}{}", quote_list(&[last])),
            Some((last, rest)) => format!("{}, {period}{}", quote_list(rest), quote_list(&[last])),
            None => String::new(),
        };
        let mut sql = format!(
            "FOREIGN KEY ({}) REFERENCES {} ({})",
            list(&self.columns),
            self.referenced_table,
            list(&self.referenced_columns)
        );
        if self.is_match_full {
            sql.push_str(" MATCH FULL");
        }
        if self.on_update != Action::NoAction {
            let _ = write!(sql, " ON UPDATE {}", self.on_update);
        }
        if self.on_delete != Action::NoAction {
            let _ = write!(sql, " ON DELETE {}", self.on_delete);
        }
        if !self.on_delete_columns.is_empty() {
            let _ = write!(sql, " ({})", quote_list(&self.on_delete_columns));
        }
        sql.push_str(self.deferral.sql());
        sql.push_str(self.validity.sql());
        sql
    }
}

impl Check {
    fn definition(&self) -> String {
        let mut sql = format!("CHECK ({})", self.expression);
        if self.is_no_inherit {
            sql.push_str(" NO INHERIT");
        }
        sql.push_str(self.validity.sql());
        sql
    }
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        })
    }
}

impl Deferral {
    fn sql(self) -> &'static str {
        match self {
            Self::NotDeferrable => "",
            Self::InitiallyImmediate => " DEFERRABLE",
            Self::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
        }
    }
}

impl Validity {
    fn sql(self) -> &'static str {
        match self {
            Self::Valid => "",
            Self::NotValid => " NOT VALID",
            Self::NotEnforced => " NOT ENFORCED",
        }
    }
}
