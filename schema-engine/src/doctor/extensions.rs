//! The extensions that the migrations use: installed, to be had, or not. Reads the catalog.

use sea_orm::{DbErr, FromQueryResult};

use super::{Finding, Level, look::Look, role::Role};
use crate::setup::SetupError;

pub(super) const CHECK: &str = "extensions";

/// An extension that the server has to offer, or that the database has.
#[derive(Debug, FromQueryResult)]
struct Extension {
    name: String,
    installed: Option<String>,
    /// Whether the server lets more than superusers create it.
    is_trusted: bool,
}

const EXTENSIONS: &str = "
    SELECT coalesce(a.name, e.extname)::text AS name, e.extversion AS installed,
           EXISTS (SELECT FROM pg_available_extension_versions v
                    WHERE v.name = a.name AND v.version = a.default_version AND v.trusted)
               AS is_trusted
      FROM pg_available_extensions a FULL JOIN pg_extension e ON e.extname = a.name";

pub(super) async fn examine(look: &Look<'_>) -> Result<Vec<Finding>, DbErr> {
    let wanted = look.opened.schema.extensions;
    if wanted.is_empty() {
        return Ok(vec![Finding::fine(CHECK, "none needed")]);
    }
    let known: Vec<Extension> = look.rows(EXTENSIONS, []).await?;
    let place =
        Place { role: &look.role, database: look.database(), name: &look.opened.state.name };
    Ok(judge(wanted, &known, place))
}

/// Where an extension is to be created, and by whom.
#[derive(Clone, Copy)]
struct Place<'a> {
    role: &'a Role,
    database: &'a str,
    name: &'a str,
}

fn judge(wanted: &[&str], known: &[Extension], place: Place<'_>) -> Vec<Finding> {
    let mut installed = Vec::new();
    let mut findings = Vec::new();
    for name in wanted {
        let found = known.iter().find(|extension| extension.name == *name);
        match found.map(|extension| (extension, extension.installed.as_deref())) {
            Some((_, Some(version))) => installed.push(format!("{name} {version}")),
            Some((extension, None)) => findings.push(missing(extension, place)),
            None => {
                let error = SetupError::ExtensionNotInstalled { extension: (*name).to_owned() };
                findings.push(Finding::of_error(CHECK, &error));
            }
        }
    }
    if !installed.is_empty() {
        let text = format!("installed: {}", installed.join(", "));
        findings.insert(0, Finding::fine(CHECK, text));
    }
    findings
}

fn missing(extension: &Extension, place: Place<'_>) -> Finding {
    let Place { role, database, name } = place;
    let missing = format!("`{}` is not installed", extension.name);
    if role.is_superuser || (extension.is_trusted && role.creates_in_database) {
        return Finding::warning(CHECK, missing, format!("`setup {database}` creates it"));
    }
    let command = format!("CREATE EXTENSION \"{}\"; (in `{name}`)", extension.name);
    let refused = SetupError::Privilege { role: role.name.clone(), command };
    let Finding { text, .. } = Finding::of_error(CHECK, &refused);
    let fix = refused.to_string().split_once("; ").map(|(_, fix)| fix.to_owned());
    Finding { check: CHECK, level: Level::Problem, text: format!("{missing}, and {text}"), fix }
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};

    /// `known` as `name=version`, the version `-` where it is not installed, with a `!` where the
    /// server trusts it.
    fn check(is_superuser: bool, known: &str, expected: &[&str]) {
        let role = Role {
            name: "ana".to_owned(),
            is_superuser,
            creates_in_database: true,
            creates_in_namespace: true,
            encryption: None,
        };
        let extension = |pair: &str| {
            let (name, version) = pair.split_once('=').unwrap();
            let installed = Some(version.to_owned()).filter(|version| !version.starts_with('-'));
            let is_trusted = version.ends_with('!');
            Extension { name: name.to_owned(), installed, is_trusted }
        };
        let known: Vec<Extension> = known.split_whitespace().map(extension).collect();
        let place = Place { role: &role, database: "main", name: "reynard" };
        assert_eq!(lines(&judge(&["vector", "pg_trgm"], &known, place)), expected);
    }

    #[test]
    fn what_is_missing_is_named_with_who_can_create_it() {
        check(false, "vector=0.8.0 pg_trgm=1.6", &["fine: installed: vector 0.8.0, pg_trgm 1.6"]);
        check(
            false,
            "vector=- pg_trgm=-!",
            &[
                "problem: `vector` is not installed, and the role `ana` may not do this; let a \
                 superuser run: create extension \"vector\"; (in `reynard`)",
                "warning: `pg_trgm` is not installed; `setup main` creates it",
            ],
        );
        check(
            true,
            "vector=-",
            &[
                "warning: `vector` is not installed; `setup main` creates it",
                "problem: the server has no extension `pg_trgm`; install its package there \
                 (postgresql-contrib) and run this again",
            ],
        );
    }
}
