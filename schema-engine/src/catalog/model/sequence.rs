//! Sequences, on their own and of identity columns. Pure.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::catalog::identifier::QualifiedName;

/// A sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// How it counts.
    pub options: SequenceOptions,
    /// Whether a crash empties it.
    pub is_unlogged: bool,
    /// The column that it goes with.
    pub owner: Option<ColumnName>,
    /// The comment on it.
    pub comment: Option<String>,
}

/// How a sequence counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceOptions {
    /// The type of its numbers.
    pub data_type: String,
    /// The first number.
    pub start: i64,
    /// The step.
    pub increment: i64,
    /// The least number.
    pub minimum: i64,
    /// The greatest number.
    pub maximum: i64,
    /// How many numbers a session takes at once.
    pub cache: i64,
    /// Whether it begins again at the end.
    pub is_cycling: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ColumnName {
    /// The table.
    pub table: QualifiedName,
    /// The column.
    pub column: String,
}

impl SequenceOptions {
    /// Writes the type and how it counts, as far as PostgreSQL would not choose so by itself.
    pub fn definition(&self) -> String {
        let counting = self.counting();
        match self.data_type.as_str() {
            "bigint" => counting,
            data_type => format!("AS {data_type} {counting}").trim_end().to_owned(),
        }
    }

    /// Writes how it counts, as far as PostgreSQL would not choose so by itself.
    pub fn counting(&self) -> String {
        let (least, greatest) = self.bounds();
        let ascends = self.increment > 0;
        let (minimum, maximum) = if ascends { (1, greatest) } else { (least, -1) };
        let mut clauses = Vec::new();
        let mut say = |is_said: bool, clause: String| {
            if is_said {
                clauses.push(clause);
            }
        };
        say(self.increment != 1, format!("INCREMENT BY {}", self.increment));
        say(self.minimum != minimum, format!("MINVALUE {}", self.minimum));
        say(self.maximum != maximum, format!("MAXVALUE {}", self.maximum));
        let start = if ascends { self.minimum } else { self.maximum };
        say(self.start != start, format!("START WITH {}", self.start));
        say(self.cache != 1, format!("CACHE {}", self.cache));
        say(self.is_cycling, "CYCLE".to_owned());
        clauses.join(" ")
    }

    fn bounds(&self) -> (i64, i64) {
        match self.data_type.as_str() {
            "smallint" => (i16::MIN.into(), i16::MAX.into()),
            "integer" => (i32::MIN.into(), i32::MAX.into()),
            _ => (i64::MIN, i64::MAX),
        }
    }
}

impl Sequence {
    /// Writes the statement that makes it, as `name`; its owner is not part of it, because the
    /// owner's default needs the sequence first.
    pub fn definition(&self, name: &QualifiedName) -> String {
        let unlogged = if self.is_unlogged { "UNLOGGED " } else { "" };
        let mut sql = format!("CREATE {unlogged}SEQUENCE {name}");
        let options = self.options.definition();
        if !options.is_empty() {
            let _ = write!(sql, " {options}");
        }
        sql
    }
}
