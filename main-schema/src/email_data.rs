//! Where the e-mail accounts come from that a migration turns into grants; the decision is pure.
//!
//! The files hold real people's addresses. They are read only when the production database itself
//! is migrated, or when somebody names their folder, and never in a shadow.

mod grants;

use std::{ffi::OsString, path::PathBuf};

pub(crate) use grants::{ACCOUNTS, PERMISSIONS, parse};

/// The migration that reads the e-mail data, and so depends on more than the database.
pub const MIGRATION: &str = "m20250926_171719_migrate_email_to_rbac";

/// What it reads, as a user would call it.
pub const FILES: &str = "the e-mail accounts in REYNARD_EMAIL_DATA_DIR or data/multi_account";

/// The environment variable that names the folder of the e-mail data.
pub const FOLDER_VARIABLE: &str = "REYNARD_EMAIL_DATA_DIR";

/// The folder of production, relative to the working directory.
pub const DEFAULT_FOLDER: &str = "data/multi_account";

/// The session setting in which whoever opened the connection says what the database is:
/// `production`, `twin` or `shadow`. Without it, production is recognised by its name.
pub const ROLE_SETTING: &str = "reynard.role";

/// The database whose migration reads the default folder unasked.
const PRODUCTION: &str = "reynard";

/// What a run of the migration reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailData {
    /// Nothing: the migration makes no grants.
    None,
    /// The files of this folder, if both are there.
    Folder(PathBuf),
}

/// Decides what is read, from the value of [`ROLE_SETTING`], the value of [`FOLDER_VARIABLE`] and
/// the name of the database.
pub fn decide(role: Option<&str>, folder: Option<OsString>, database: &str) -> EmailData {
    let folder = folder.filter(|folder| !folder.is_empty());
    let is_production = match role {
        Some("shadow") => return EmailData::None,
        Some("production") => true,
        Some("twin") => false,
        _ => database == PRODUCTION,
    };
    match folder {
        Some(folder) => EmailData::Folder(folder.into()),
        None if is_production => EmailData::Folder(DEFAULT_FOLDER.into()),
        None => EmailData::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(role: Option<&str>, folder: Option<&str>, database: &str, expected: &str) {
        let found = match decide(role, folder.map(OsString::from), database) {
            EmailData::None => String::new(),
            EmailData::Folder(folder) => folder.display().to_string(),
        };
        assert_eq!(found, expected, "{role:?} {folder:?} {database}");
    }

    #[test]
    fn files_are_read_for_production_or_on_demand() {
        check(None, None, "reynard", "data/multi_account");
        check(None, None, "reynard_e2e", "");
        check(None, Some("/mail"), "reynard", "/mail");
        check(None, Some("/mail"), "reynard_e2e", "/mail");
        check(None, Some(""), "reynard", "data/multi_account");
        check(None, Some(""), "reynard_e2e", "");
        check(Some(""), None, "reynard", "data/multi_account");
    }

    #[test]
    fn a_role_counts_more_than_a_name() {
        check(Some("production"), None, "renamed", "data/multi_account");
        check(Some("twin"), None, "reynard", "");
        check(Some("twin"), Some("/mail"), "reynard", "/mail");
        check(Some("shadow"), None, "reynard", "");
        check(Some("shadow"), Some("/mail"), "reynard", "");
    }
}
