//! Judges whether a database may be written: the wrong one never is. Pure.

use crate::{
    database::Database,
    schema::Schema,
    state::{ALEMBIC_TABLE, Identity, State},
};

/// Why a database is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GuardError {
    /// Two URLs lead to one database.
    #[error(
        "{first} ({first_origin}) and {second} ({second_origin}) are one and the same database, \
         `{name}`; each needs its own"
    )]
    SameDatabase {
        /// The one database.
        first: &'static str,
        /// Where its URL came from.
        first_origin: String,
        /// The other.
        second: &'static str,
        /// Where its URL came from.
        second_origin: String,
        /// What the server calls the database.
        name: String,
    },
    /// It holds another schema.
    #[error("`{name}` holds the schema `{holds}` ({evidence}), not `{wanted}`; check {origin}")]
    OtherSchema {
        /// What the server calls the database.
        name: String,
        /// The schema found in it.
        holds: String,
        /// What says so.
        evidence: String,
        /// The schema of the command.
        wanted: &'static str,
        /// Where its URL came from.
        origin: String,
    },
    /// It has a past that the tool has not taken over.
    #[error(
        "`{name}` was not made by this tool: it has {}; {way_out}",
        found.join(" and ")
    )]
    NotAdopted {
        /// What the server calls the database.
        name: String,
        /// What was found.
        found: Vec<String>,
        /// The commands that lead on.
        way_out: String,
    },
}

/// A database whose identity is known, and where its URL came from.
#[derive(Debug, Clone)]
pub struct Identified {
    /// Which database of the tool.
    pub database: &'static Database,
    /// The option or variable that gave its URL, or its embedded folder.
    pub origin: String,
    /// Which database of the world.
    pub identity: Identity,
    /// What the server calls it.
    pub name: String,
}

/// Refuses where `subject` is the same database as another one of the tool.
///
/// # Errors
///
/// [`GuardError::SameDatabase`] for the first such pair.
pub fn distinct(subject: &Identified, others: &[Identified]) -> Result<(), GuardError> {
    let same = others.iter().find(|other| {
        other.database.name != subject.database.name && other.identity == subject.identity
    });
    match same {
        None => Ok(()),
        Some(other) => Err(GuardError::SameDatabase {
            first: subject.database.name,
            first_origin: subject.origin.clone(),
            second: other.database.name,
            second_origin: other.origin.clone(),
            name: subject.name.clone(),
        }),
    }
}

/// Refuses a database that holds another schema, or one that was never adopted. `others` are the
/// other schemas that this build knows.
///
/// # Errors
///
/// [`GuardError::OtherSchema`] and [`GuardError::NotAdopted`].
pub fn writable(
    database: &'static Database,
    origin: &str,
    schema: &Schema,
    others: &[&Schema],
    state: &State,
) -> Result<(), GuardError> {
    let other = |holds: &str, evidence: String| GuardError::OtherSchema {
        name: state.name.clone(),
        holds: holds.to_owned(),
        evidence,
        wanted: schema.name,
        origin: origin.to_owned(),
    };
    if let Some(recorded) = state.recorded_schema.as_deref().filter(|name| *name != schema.name) {
        return Err(other(recorded, "by the record on its journal".to_owned()));
    }
    let applied = state.applied();
    for foreign in others {
        if let Some(migration) = applied.iter().find(|name| foreign.find(name).is_some())
            && schema.find(migration).is_none()
        {
            return Err(other(foreign.name, format!("it has applied {migration}")));
        }
    }
    let is_ours = state.recorded_schema.is_some() || !applied.is_empty();
    let found = if is_ours { Vec::new() } else { past(schema, state) };
    if found.is_empty() {
        return Ok(());
    }
    let way_out = if database.is_production() {
        format!("`adopt {}` takes it over", database.name)
    } else {
        format!("`adopt {0}` takes it over, `fresh {0}` begins again", database.name)
    };
    Err(GuardError::NotAdopted { name: state.name.clone(), found, way_out })
}

/// What a database without a history of ours has from somebody else.
fn past(schema: &Schema, state: &State) -> Vec<String> {
    let mut found = Vec::new();
    let versions = state.alembic_versions.as_deref().unwrap_or_default();
    if !versions.is_empty() {
        found.push(format!("{ALEMBIC_TABLE} at {}", versions.join(", ")));
    }
    let managed = schema.managed.map(|managed| managed.tables).unwrap_or_default();
    let tables: Vec<&str> = schema
        .tables
        .iter()
        .copied()
        .filter(|table| !managed.contains(table) && state.tables.iter().any(|t| t == table))
        .collect();
    match tables[..] {
        [] => {}
        [table] => found.push(format!("the table {table}")),
        [first, .., last] if tables.len() == 2 => {
            found.push(format!("the tables {first} and {last}"));
        }
        [first, second, ..] => {
            found.push(format!("the tables {first}, {second} and {} more", tables.len() - 2));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{database, fixtures, state::Applied};

    fn state(record: Option<&str>, applied: &[&str], alembic: &[&str], tables: &[&str]) -> State {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let history = applied
            .iter()
            .map(|name| Applied { version: (*name).to_owned(), applied_at: 0 })
            .collect();
        State {
            identity: Identity { system_identifier: 1, database_oid: 1 },
            name: "reynard_ecs".to_owned(),
            server_version: "15.0".to_owned(),
            is_embedded: false,
            recorded_schema: record.map(str::to_owned),
            has_journal: record.is_some(),
            history: Some(history),
            alembic_versions: Some(owned(alembic)),
            tables: owned(tables),
        }
    }

    fn check(state: &State, expected: &str) {
        let schema = fixtures::schema(&[("m1_0_ours", None)]);
        let mut foreign = fixtures::schema(&[("m1_0_theirs", None)]);
        foreign.name = "mcp";
        let ecs = database::find("ecs").unwrap();
        let verdict = writable(ecs, "ECS_DATABASE_URL", &schema, &[&foreign], state);
        assert_eq!(verdict.map_or_else(|error| error.to_string(), |()| String::new()), expected);
    }

    #[test]
    fn an_empty_database_and_our_own_are_written() {
        check(&state(None, &[], &[], &[]), "");
        check(&state(None, &[], &[], &["spatial_ref_sys"]), "");
        check(&state(None, &["m1_0_ours"], &[], &["notes"]), "");
        check(&state(Some("fixture"), &[], &["abc"], &["notes"]), "");
    }

    #[test]
    fn another_schema_is_refused_by_record_and_by_history() {
        check(
            &state(Some("mcp"), &[], &[], &[]),
            "`reynard_ecs` holds the schema `mcp` (by the record on its journal), not `fixture`; \
             check ECS_DATABASE_URL",
        );
        check(
            &state(None, &["m1_0_theirs"], &[], &[]),
            "`reynard_ecs` holds the schema `mcp` (it has applied m1_0_theirs), not `fixture`; \
             check ECS_DATABASE_URL",
        );
    }

    #[test]
    fn a_database_with_a_past_is_refused() {
        let refused = |found: &str| {
            format!(
                "`reynard_ecs` was not made by this tool: it has {found}; `adopt ecs` takes it over"
            )
        };
        check(&state(None, &[], &["abc"], &[]), &refused("alembic_version at abc"));
        check(&state(None, &[], &[], &["notes"]), &refused("the table notes"));
        check(
            &state(None, &[], &["abc"], &["notes", "users"]),
            &refused("alembic_version at abc and the tables notes and users"),
        );
    }

    #[test]
    fn one_database_under_two_names_is_refused() {
        let at = |name: &str, oid: i64| Identified {
            database: database::find(name).unwrap(),
            origin: database::find(name).unwrap().url_variable.to_owned(),
            identity: Identity { system_identifier: 7, database_oid: oid },
            name: "reynard".to_owned(),
        };
        assert_eq!(distinct(&at("main", 1), &[at("main", 1), at("e2e", 2)]), Ok(()));
        assert_eq!(
            distinct(&at("e2e", 1), &[at("auth", 3), at("main", 1)]).unwrap_err().to_string(),
            "e2e (E2E_DATABASE_URL) and main (DATABASE_URL) are one and the same database, \
             `reynard`; each needs its own"
        );
    }
}
