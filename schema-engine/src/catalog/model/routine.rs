//! Functions, procedures and the triggers that call them. Pure.

use serde::{Deserialize, Serialize};

/// A function or procedure; its signature is the key of the map that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routine {
    /// What it is.
    pub kind: RoutineKind,
    /// All its arguments, with modes, names and defaults.
    pub arguments: String,
    /// What it returns; a procedure returns nothing.
    pub returns: Option<String>,
    /// The language of its body.
    pub language: String,
    /// The statement that makes it, or replaces it.
    pub definition: String,
    /// The SHA-256 of its body alone, in hex.
    pub body_digest: String,
    /// The comment on it.
    pub comment: Option<String>,
}

/// What a routine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutineKind {
    /// A function.
    Function,
    /// A window function.
    Window,
    /// A procedure.
    Procedure,
}

/// A trigger of a table or view; its name is the key of the map that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The statement that makes it.
    pub definition: String,
    /// When it fires.
    pub firing: Firing,
    /// The comment on it.
    pub comment: Option<String>,
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Firing {
    /// Where the change is made, and not where it is replicated to.
    #[default]
    Enabled,
    /// Never.
    Disabled,
    /// Where the change is replicated to.
    Replica,
    /// Everywhere.
    Always,
}

impl Firing {
    /// Writes what follows ALTER TABLE, before the trigger's name.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Enabled => "ENABLE TRIGGER",
            Self::Disabled => "DISABLE TRIGGER",
            Self::Replica => "ENABLE REPLICA TRIGGER",
            Self::Always => "ENABLE ALWAYS TRIGGER",
        }
    }
}
