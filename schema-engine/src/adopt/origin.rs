//! Which migrations a database has that Alembic ran: its revisions say so, and what the migrations
//! built that Alembic never knew. Pure.

use std::collections::BTreeSet;

use super::trace::Trace;
use crate::{catalog::model::Object, schema::Schema};

/// Why the revisions of a database lead to no place in the lineage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// They are another schema's.
    #[error("its alembic_version is at `{revision}`, a revision of the schema `{holds}`")]
    OtherSchema {
        /// The revision.
        revision: String,
        /// The schema that has it.
        holds: &'static str,
    },
    /// No lineage has them.
    #[error("no migration of `{schema}` was the revision {}", list(revisions))]
    UnknownRevisions {
        /// The schema whose lineage was searched.
        schema: &'static str,
        /// The revisions.
        revisions: Vec<String>,
    },
    /// Tables stand that only Alembic can have made, and it says nothing of them.
    #[error(
        "alembic_version holds no revision, but of what Alembic made stands {}; write the \
         revision that the database is at into alembic_version, or drop what is left over",
        list(tables)
    )]
    NoRevision {
        /// The tables.
        tables: Vec<String>,
    },
}

/// Gives the place in the lineage of the newest revision in `versions`, or none where there is
/// none: a lineage is one line, so that what is older than the newest ran too.
///
/// # Errors
///
/// [`OriginError::OtherSchema`] and [`OriginError::UnknownRevisions`].
pub(super) fn newest(
    schema: &Schema,
    others: &[&Schema],
    versions: &[String],
) -> Result<Option<usize>, OriginError> {
    let unknown: Vec<&String> =
        versions.iter().filter(|revision| place(schema, revision).is_none()).collect();
    for revision in &unknown {
        if let Some(other) = others.iter().find(|other| place(other, revision).is_some()) {
            let revision = (*revision).clone();
            return Err(OriginError::OtherSchema { revision, holds: other.name });
        }
    }
    if !unknown.is_empty() {
        let revisions = unknown.into_iter().cloned().collect();
        return Err(OriginError::UnknownRevisions { schema: schema.name, revisions });
    }
    Ok(versions.iter().filter_map(|revision| place(schema, revision)).max())
}

/// Gives the names of the migrations that a database has: of those that Alembic knew, all up to
/// `newest`; of those older ones that it never knew, each whose trace is among the `live` objects,
/// or that a found one builds on. `traces` are those of the whole lineage; what it makes
/// `if_missing` tells nothing.
///
/// # Errors
///
/// [`OriginError::NoRevision`].
pub(super) fn applied(
    schema: &Schema,
    newest: Option<usize>,
    traces: &[Trace],
    if_missing: &BTreeSet<Object>,
    live: &BTreeSet<Object>,
) -> Result<Vec<String>, OriginError> {
    let last_known = schema.migrations.iter().rposition(|known| known.alembic_revision.is_some());
    if newest.is_none() {
        refuse_left_over(schema, traces, if_missing, live)?;
    }
    let mut needed = BTreeSet::new();
    let mut applied = Vec::new();
    // The newest first: what it builds on was there before it.
    for (place, (migration, trace)) in std::iter::zip(&schema.migrations, traces).enumerate().rev()
    {
        let is_applied = if migration.alembic_revision.is_some() {
            newest.is_some_and(|newest| place <= newest)
        } else {
            // What is younger than Alembic's last can only have been applied by this tool.
            last_known.is_some_and(|last| place < last)
                && (trace.is_among(live) || !trace.added.is_disjoint(&needed))
        };
        if is_applied {
            needed.extend(trace.builds_on.iter().cloned());
            applied.push(migration.name.clone());
        }
    }
    applied.reverse();
    Ok(applied)
}

/// Where Alembic says nothing, tables that it alone can have made are a riddle that no replay
/// solves, and to drop them as surplus would be the worst answer.
fn refuse_left_over(
    schema: &Schema,
    traces: &[Trace],
    if_missing: &BTreeSet<Object>,
    live: &BTreeSet<Object>,
) -> Result<(), OriginError> {
    let of_alembic = std::iter::zip(&schema.migrations, traces)
        .filter(|(migration, _)| migration.alembic_revision.is_some());
    let tables: BTreeSet<String> = of_alembic
        .flat_map(|(_, trace)| trace.added.intersection(live))
        .filter(|object| !if_missing.contains(object))
        .filter_map(|object| match object {
            Object::Table(name) => Some(name.to_string()),
            _ => None,
        })
        .collect();
    if tables.is_empty() {
        return Ok(());
    }
    Err(OriginError::NoRevision { tables: tables.into_iter().collect() })
}

/// Where in the lineage a database is that carries `revision`.
fn place(schema: &Schema, revision: &str) -> Option<usize> {
    let stands_at = schema.alembic_aliases.iter().find(|(alias, _)| *alias == revision);
    let revision = stands_at.map_or(revision, |(_, revision)| revision);
    schema.migrations.iter().position(|known| known.alembic_revision == Some(revision))
}

/// A few names; the number of the others.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        adopt::trace,
        catalog::{identifier::QualifiedName, model::Dependency},
        fixtures,
    };

    /// `a` to `d` ran before Alembic did, `x` to `z` are Alembic's, `n` is of this tool.
    fn lineage() -> Schema {
        let mut schema = fixtures::schema(&[
            ("a", None),
            ("b", None),
            ("c", None),
            ("d", None),
            ("x", Some("r1")),
            ("y", Some("r2")),
            ("z", Some("r3")),
            ("n", None),
        ]);
        schema.alembic_aliases = &[("grant_1", "r2"), ("grant_2", "r2")];
        schema
    }

    fn other() -> Schema {
        let mut schema = fixtures::schema(&[("o", Some("r9"))]);
        schema.name = "other";
        schema
    }

    /// Tables and indexes, as `table` and `table.index`.
    fn objects(names: &str) -> BTreeSet<Object> {
        let object = |name: &str| {
            let (table, index) = name.split_once('.').unwrap_or((name, ""));
            let of = QualifiedName::new("public", table);
            match index {
                "" => Object::Table(of),
                extension if table == "extension" => Object::Extension(extension.to_owned()),
                index => Object::Index { of, name: index.to_owned() },
            }
        };
        names.split_whitespace().map(object).collect()
    }

    fn only(name: &str) -> Object {
        objects(name).pop_first().expect("an object")
    }

    fn check(versions: &str, live: &str, expected: &str) {
        let schema = lineage();
        let states = [
            "",
            "extension.vector",
            "extension.vector docs",
            "extension.vector docs docs.thin",
            "extension.vector docs docs.thin files extension.trgm",
            "extension.vector docs docs.thin files extension.trgm notes",
            "extension.vector docs docs.thin files extension.trgm notes tags",
            "extension.vector docs docs.thin files extension.trgm notes tags notes.by",
            "extension.vector docs docs.thin files extension.trgm notes tags notes.by later",
        ]
        .map(objects);
        let stands = Dependency { dependent: only("docs.thin"), on: only("extension.vector") };
        let stands = BTreeSet::from([stands]);
        let traces: Vec<Trace> =
            states.windows(2).map(|pair| trace::between(&pair[0], &pair[1], &stands)).collect();
        let versions: Vec<String> = versions.split_whitespace().map(str::to_owned).collect();
        let (if_missing, live) = (objects("extension.vector tags"), objects(live));
        let answer = newest(&schema, &[&other()], &versions)
            .and_then(|newest| applied(&schema, newest, &traces, &if_missing, &live));
        let answer = answer.map_or_else(|error| error.to_string(), |names| names.concat());
        assert_eq!(answer, expected, "at {versions:?} with {live:?}");
    }

    #[test]
    fn revisions_give_a_prefix_of_what_alembic_knew() {
        check("", "", "");
        check("r1", "notes", "x");
        check("r2", "", "xy");
        check("r3", "", "xyz");
    }

    #[test]
    fn of_several_rows_the_newest_counts_and_privileges_are_no_place_of_their_own() {
        check("grant_1", "", "xy");
        check("grant_2", "", "xy");
        check("grant_2 r3", "", "xyz");
        check("r1 r2", "", "xy");
    }

    #[test]
    fn what_alembic_never_knew_is_known_by_what_it_built() {
        check("", "extension.vector docs", "ab");
        check("r3", "extension.vector docs docs.thin notes", "abcxyz");
        check("r1", "extension.vector docs files", "abdx");
        check("r1", "extension.vector docs docs.thin files", "abcdx");
        // The rest of it is gone, and still it must have run.
        check("", "docs.thin", "abc");
        // Somebody else may have made it.
        check("", "extension.trgm", "");
        // The old system never ran what is younger than its last.
        check("r3", "later", "xyz");
    }

    #[test]
    fn a_revision_of_nobody_is_named() {
        check("r7", "", "no migration of `fixture` was the revision `r7`");
        check("r1 r7 r8", "", "no migration of `fixture` was the revision `r7`, `r8`");
        check(
            "a1 a2 a3 a4",
            "",
            "no migration of `fixture` was the revision `a1`, `a2`, `a3` and 1 more",
        );
        check("r9", "", "its alembic_version is at `r9`, a revision of the schema `other`");
    }

    #[test]
    fn tables_of_alembic_without_a_revision_are_named() {
        check(
            "",
            "docs notes tags",
            "alembic_version holds no revision, but of what Alembic made stands `public.notes`; \
             write the revision that the database is at into alembic_version, or drop \
             what is left over",
        );
    }
}
