//! What a user calls a migration: its name, a prefix of it, its slug or its Alembic revision. Pure.

use crate::schema::Schema;

/// Why a target names no migration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// It fits no migration of the schema.
    #[error("no migration of `{schema}` is called `{target}`; `history {schema}` lists them")]
    Unknown {
        /// What was asked for.
        target: String,
        /// The schema that was searched.
        schema: &'static str,
    },
    /// It fits several.
    #[error("`{target}` fits several migrations of `{schema}`: {}", candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        target: String,
        /// The schema that was searched.
        schema: &'static str,
        /// Those that it fits.
        candidates: Vec<String>,
    },
}

/// Finds the migration that `target` stands for; its place in the lineage, from 0.
///
/// A whole name, a slug or a revision wins over a prefix of another name.
///
/// # Errors
///
/// [`TargetError::Unknown`] and [`TargetError::Ambiguous`].
pub fn resolve(schema: &Schema, target: &str) -> Result<usize, TargetError> {
    let matching = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..schema.migrations.len()).filter(|index| fits(*index)).collect()
    };
    let name = |index: usize| schema.migrations[index].name.as_str();
    let exact = matching(&|index| {
        name(index) == target
            || slug(name(index)) == Some(target)
            || schema.migrations[index].alembic_revision == Some(target)
    });
    let found = if exact.is_empty() && !target.is_empty() {
        matching(&|index| name(index).starts_with(target))
    } else {
        exact
    };
    match found[..] {
        [index] => Ok(index),
        [] => Err(TargetError::Unknown { target: target.to_owned(), schema: schema.name }),
        _ => Err(TargetError::Ambiguous {
            target: target.to_owned(),
            schema: schema.name,
            candidates: found.into_iter().map(|index| name(index).to_owned()).collect(),
        }),
    }
}

/// The part of a migration's name after its date and time.
pub fn slug(name: &str) -> Option<&str> {
    name.splitn(3, '_').nth(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::schema;

    fn check(target: &str, expected: &str) {
        let schema = schema(&[
            ("m20250101_000001_create_users", Some("abc1")),
            ("m20250102_000001_create_notes", Some("abc2")),
            ("m20250102_000002_add_notes", None),
        ]);
        let answer = resolve(&schema, target)
            .map_or_else(|error| error.to_string(), |index| schema.migrations[index].name.clone());
        assert_eq!(answer, expected, "{target}");
    }

    #[test]
    fn a_target_is_a_name_a_prefix_a_slug_or_a_revision() {
        check("m20250101_000001_create_users", "m20250101_000001_create_users");
        check("m20250101", "m20250101_000001_create_users");
        check("create_notes", "m20250102_000001_create_notes");
        check("abc2", "m20250102_000001_create_notes");
    }

    #[test]
    fn what_fits_none_or_several_is_an_error_that_says_so() {
        check("notes", "no migration of `fixture` is called `notes`; `history fixture` lists them");
        check("", "no migration of `fixture` is called ``; `history fixture` lists them");
        check(
            "m20250102",
            "`m20250102` fits several migrations of `fixture`: m20250102_000001_create_notes, \
             m20250102_000002_add_notes",
        );
    }
}
