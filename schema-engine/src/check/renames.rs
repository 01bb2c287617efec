//! Renames: as somebody writes them, and the way back. Pure.

use crate::{
    catalog::{Catalog, QualifiedName},
    desired::States,
    diff::{self, Rename},
};

/// Why a rename says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenameError {
    /// It is no rename.
    #[error("`--rename {text}` is no rename: write `old_table=new_table` or `table.old=new`")]
    Syntax {
        /// What was written.
        text: String,
    },
    /// The migrations have no such thing.
    #[error("`--rename {text}`: the migrations make no {what}")]
    NoOld {
        /// What was written.
        text: String,
        /// What was looked for.
        what: String,
    },
    /// The entities have no such thing.
    #[error("`--rename {text}`: no entity says a {what}")]
    NoNew {
        /// What was written.
        text: String,
        /// What was looked for.
        what: String,
    },
}

/// Reads `old_table=new_table`, `table.old_column=new_column` and `type.old_label=new_label`; a
/// renamed table has its new name there.
///
/// # Errors
///
/// [`RenameError`], for the first that says nothing.
pub fn read_renames(texts: &[String], states: &States) -> Result<Vec<Rename>, RenameError> {
    let (parts, tables): (Vec<_>, Vec<_>) =
        texts.iter().partition(|text| text.split('=').next().is_some_and(|old| old.contains('.')));
    let mut renames = Vec::new();
    for text in tables.into_iter().chain(parts) {
        let made = diff::renamed(&states.migrations, &renames);
        renames.push(read_rename(text, &made, &states.entities)?);
    }
    Ok(renames)
}

fn read_rename(text: &str, made: &Catalog, entities: &Catalog) -> Result<Rename, RenameError> {
    let syntax = || RenameError::Syntax { text: text.to_owned() };
    let (old, new) = text.split_once('=').ok_or_else(syntax)?;
    let (old, new) = (old.trim(), new.trim());
    if old.is_empty() || new.is_empty() {
        return Err(syntax());
    }
    let public = |name: &str| QualifiedName::new("public", name);
    let Some((of, from)) = old.rsplit_once('.') else {
        let (from, to) = (public(old), public(new));
        let (is_old, is_new) = (made.tables.contains_key(&from), entities.tables.contains_key(&to));
        let rename = Rename::Table { from, to };
        return found(text, "table", (old, is_old), (new, is_new), rename);
    };
    // What is said of the new name beside itself is said of the old one already.
    let to = new.rsplit_once('.').map_or(new, |(_, to)| to);
    let of = public(of);
    let (from, to) = (from.to_owned(), to.to_owned());
    if let Some(said) = entities.enums.get(&of) {
        let is_old = made.enums.get(&of).is_some_and(|it| it.labels.contains(&from));
        let is_new = said.labels.contains(&to);
        let rename = Rename::Label { of, from, to };
        return found(text, "label", (old, is_old), (new, is_new), rename);
    }
    let is_old = made.tables.get(&of).is_some_and(|it| it.column(&from).is_some());
    let is_new = entities.tables.get(&of).is_some_and(|it| it.column(&to).is_some());
    let rename = Rename::Column { table: of, from, to };
    found(text, "column", (old, is_old), (new, is_new), rename)
}

fn found(
    text: &str,
    kind: &str,
    (old, is_old): (&str, bool),
    (new, is_new): (&str, bool),
    rename: Rename,
) -> Result<Rename, RenameError> {
    let text = text.to_owned();
    match (is_old, is_new) {
        (false, _) => Err(RenameError::NoOld { text, what: format!("{kind} `{old}`") }),
        (_, false) => Err(RenameError::NoNew { text, what: format!("{kind} `{new}`") }),
        (true, true) => Ok(rename),
    }
}

/// The renames that lead back; tables come before their columns.
pub(super) fn reversed(renames: &[Rename]) -> Vec<Rename> {
    let old_name = |table: &QualifiedName| {
        let of_table = renames.iter().find_map(|rename| match rename {
            Rename::Table { from, to } if to == table => Some(from),
            _ => None,
        });
        of_table.unwrap_or(table).clone()
    };
    let back = renames.iter().map(|rename| match rename.clone() {
        Rename::Table { from, to } => Rename::Table { from: to, to: from },
        Rename::Column { table, from, to } => {
            Rename::Column { table: old_name(&table), from: to, to: from }
        }
        Rename::Label { of, from, to } => Rename::Label { of, from: to, to: from },
        Rename::Constraint { table, from, to } => {
            Rename::Constraint { table: old_name(&table), from: to, to: from }
        }
        Rename::Index { table, from, to } => {
            Rename::Index { table: old_name(&table), from: to, to: from }
        }
    });
    let mut back: Vec<Rename> = back.collect();
    back.sort_by_key(|rename| !matches!(rename, Rename::Table { .. }));
    back
}
