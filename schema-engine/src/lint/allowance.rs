//! Hazards that whoever wrote a migration let pass, with the reason. Pure.

use serde::Serialize;

use crate::{
    hazard::{Hazard, UnknownHazard},
    schema::{Migration, Schema},
};

const KEY: &str = "lint";

/// A hazard that is let pass in one migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allowance {
    /// Which.
    pub hazard: Hazard,
    /// Why it is none here.
    pub reason: String,
}

/// Why what a migration says about its hazards makes no sense.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AllowanceError {
    /// It names none that there is.
    #[error("`{migration}` allows what is no hazard")]
    Unknown {
        /// The migration's name.
        migration: String,
        /// Which there are.
        #[source]
        source: UnknownHazard,
    },
    /// It does not say why.
    #[error(
        "`{migration}` says `{text}`; it is to be `allow <hazard> <reason>`, and the reason is for \
         whoever reads it later"
    )]
    Reason {
        /// The migration's name.
        migration: String,
        /// What it says.
        text: String,
    },
}

/// What `migration` allows: the lines `-- lint: allow <hazard> <reason>` in the head of its `up`
/// file, or what the schema says of a migration in Rust.
///
/// # Errors
///
/// [`AllowanceError`], by what is wrong with it.
pub fn allowances(
    schema: &Schema,
    migration: &Migration,
) -> Result<Vec<Allowance>, AllowanceError> {
    let lines = migration.sql.iter().flat_map(|files| sql_migration::header(files.up));
    let texts = lines.filter(|line| line.key == KEY).map(|line| line.value.to_owned());
    let in_rust = schema.allowed_hazards.iter().filter(|(name, ..)| *name == migration.name);
    let in_rust = in_rust.map(|(_, hazard, reason)| format!("allow {hazard} {reason}"));
    texts.chain(in_rust).map(|text| allowance(migration, &text)).collect()
}

fn allowance(migration: &Migration, text: &str) -> Result<Allowance, AllowanceError> {
    let migration = &migration.name;
    let refused = || AllowanceError::Reason { migration: migration.clone(), text: text.to_owned() };
    let rest = text.strip_prefix("allow ").ok_or_else(refused)?.trim_start();
    let (name, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let hazard = name
        .parse()
        .map_err(|source| AllowanceError::Unknown { migration: migration.clone(), source })?;
    match reason.trim() {
        "" => Err(refused()),
        reason => Ok(Allowance { hazard, reason: reason.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn check(up: &'static str, expected: &str) {
        let schema = fixtures::of(vec![fixtures::sql("m1", up, "")]);
        let shown = match allowances(&schema, &schema.migrations[0]) {
            Ok(found) => {
                let shown = found.iter().map(|it| format!("{}: {}", it.hazard, it.reason));
                shown.collect::<Vec<_>>().join("; ")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "{up}");
    }

    #[test]
    fn a_hazard_is_let_pass_with_a_reason() {
        check("SELECT 1", "");
        check(
            "-- lint: allow drop-table nobody wrote to it\n-- lint: allow delete-rows  a, b",
            "drop-table: nobody wrote to it; delete-rows: a, b",
        );
        check("SELECT 1;\n-- lint: allow drop-table too late", "");
        check("-- lint: allow drop-tables x", "`m1` allows what is no hazard");
        for text in ["allow drop-table", "deny drop-table x"] {
            let up = Box::leak(format!("-- lint: {text}").into_boxed_str());
            let said = "it is to be `allow <hazard> <reason>`, and the reason is for whoever reads \
                        it later";
            check(up, &format!("`m1` says `{text}`; {said}"));
        }
    }

    #[test]
    fn the_schema_speaks_for_a_migration_in_rust() {
        let mut schema = fixtures::schema(&[("m1", None), ("m2", None)]);
        schema.allowed_hazards = &[("m2", "drop-table", "it was empty")];
        let count =
            |index: usize| allowances(&schema, &schema.migrations[index]).map(|it| it.len());
        assert_eq!((count(0).ok(), count(1).ok()), (Some(0), Some(1)));
    }
}
