//! Which databases `adopt` turns away before it looks closer. Pure.

use super::{AdoptError, AdoptOptions, Difference, OnDifference, OriginError};
use crate::{
    open::Opened,
    schema::Schema,
    state::{HISTORY_TABLE, JOURNAL_TABLE, State},
};

/// Turns away what is ours already.
///
/// # Errors
///
/// [`AdoptError::Ours`].
pub(super) fn check(opened: &Opened<'_>) -> Result<(), AdoptError> {
    let Some(evidence) = ours(&opened.state) else { return Ok(()) };
    let name = opened.state.name.clone();
    Err(AdoptError::Ours { name, evidence, database: opened.located.database.name })
}

/// Turns away where there is nothing to take over: no migration was `applied`, and no table stands.
///
/// # Errors
///
/// [`AdoptError::Empty`].
pub(super) fn refuse_empty(opened: &Opened<'_>, applied: &[String]) -> Result<(), AdoptError> {
    let state = &opened.state;
    // An empty alembic_version is what a downgrade to base leaves: that is a past.
    let has_past = state.alembic_versions.is_some() || has_tables(opened.schema, state);
    if has_past || !applied.is_empty() {
        return Ok(());
    }
    let (name, database) = (state.name.clone(), opened.located.database.name);
    Err(AdoptError::Empty { name, schema: opened.schema.name, database })
}

/// What says that a database is the tool's own.
fn ours(state: &State) -> Option<String> {
    if state.recorded_schema.is_some() {
        return Some(format!("it has the tool's {JOURNAL_TABLE}"));
    }
    let newest = state.applied().pop()?;
    Some(format!("its {HISTORY_TABLE} has `{newest}`"))
}

/// Whether there are tables of the lineage; those of the program that it builds on do not count.
fn has_tables(schema: &Schema, state: &State) -> bool {
    let managed = schema.managed.map(|managed| managed.tables).unwrap_or_default();
    let own = schema.tables.iter().filter(|table| !managed.contains(table));
    own.into_iter().any(|table| state.tables.iter().any(|found| found == table))
}

/// The error for a database that is nowhere in the lineage, with what to do about it.
pub(super) fn unplaced(opened: &Opened<'_>, source: OriginError) -> AdoptError {
    let database = opened.located.database;
    let way_out = match &source {
        OriginError::OtherSchema { .. } => format!("; check {}", opened.origin()),
        OriginError::UnknownRevisions { .. } if database.is_production() => {
            "; that takes a build whose lineage has all of its revisions".to_owned()
        }
        OriginError::UnknownRevisions { .. } => {
            format!("; `fresh {}` drops all that is in it and begins again", database.name)
        }
        OriginError::NoRevision { .. } => String::new(),
    };
    AdoptError::Origin { name: opened.state.name.clone(), way_out, source }
}

/// Makes sure that somebody agreed where mending loses data of production.
///
/// # Errors
///
/// [`AdoptError::Unconfirmed`].
pub(super) fn confirm(
    opened: &Opened<'_>,
    options: &AdoptOptions,
    differences: &[Difference],
) -> Result<(), AdoptError> {
    let name = &opened.state.name;
    let is_safe = !opened.located.is_server() || !opened.located.database.is_production();
    let is_agreed = options.yes_destroy.as_ref() == Some(name);
    let lost: Vec<String> = differences
        .iter()
        .filter(|difference| difference.loses_data)
        .map(|difference| difference.object.clone())
        .collect();
    if options.on_difference != OnDifference::Mend || is_safe || is_agreed || lost.is_empty() {
        return Ok(());
    }
    Err(AdoptError::Unconfirmed { name: name.clone(), lost, given: options.yes_destroy.clone() })
}
