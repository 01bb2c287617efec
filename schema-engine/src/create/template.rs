//! The text of a new migration's files. Pure.
//!
//! Each fails until it is written: an empty migration must not be taken for an applied one.

use std::fmt::Write as _;

use crate::{diff::Change, render::sql};

/// A Rust migration; its name is that of its file.
pub(super) fn rust(message: &str) -> String {
    format!(
        r#"//! {header}
//!
//! Fill in: what it creates or changes, whether `down` loses data, what it does to a busy table.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {{
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {{
        let _ = manager;
        Err(DbErr::Migration(format!("`up` of `{{}}` is not written", self.name())))
    }}

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {{
        let _ = manager;
        Err(DbErr::Migration(format!("`down` of `{{}}` is not written", self.name())))
    }}
}}
"#,
        header = header(message),
    )
}

/// What a file is called for, as its documentation says it.
pub(super) fn header(message: &str) -> String {
    sentence(&as_markdown(message))
}

/// The file of an SQL migration that makes changes.
pub(super) fn sql_of(message: &str, changes: &[Change]) -> String {
    format!("-- {}\n\n{}", sentence(message), script(changes))
}

/// The file of an SQL migration that takes changes back.
pub(super) fn sql_back(message: &str, changes: &[Change]) -> String {
    format!("-- Reverts: {}\n\n{}", sentence(message), script(changes))
}

fn script(changes: &[Change]) -> String {
    let mut script = String::new();
    for change in changes {
        if change.is_destructive() {
            let _ = writeln!(script, "-- Loses data: {}.", change.object());
        }
        for statement in sql::statements(change) {
            let _ = writeln!(script, "{statement};");
        }
    }
    script
}

/// The file of an SQL migration that applies it.
pub(super) fn sql_up(name: &str, message: &str) -> String {
    format!(
        "\
-- {header}
--
-- Fill in: what it creates or changes, whether `down` loses data, what it does to a busy table.
-- The file runs as a whole, in a transaction of its own: it needs no BEGIN and no COMMIT.

DO $$ BEGIN RAISE EXCEPTION '`{name}.up.sql` is not written'; END $$;
",
        header = sentence(message),
    )
}

/// The file of an SQL migration that reverts it.
pub(super) fn sql_down(name: &str, message: &str) -> String {
    format!(
        "\
-- Reverts: {header}
--
-- Fill in: what it drops or gives back, and which data that loses.

DO $$ BEGIN RAISE EXCEPTION '`{name}.down.sql` is not written'; END $$;
",
        header = sentence(message),
    )
}

fn sentence(message: &str) -> String {
    let is_ended = message.ends_with(['.', '!', '?']);
    format!("{message}{}", if is_ended { "" } else { "." })
}

/// The message with everything that is no plain word in backticks: the header is documentation,
/// where markup would be read and a bare name is a warning.
fn as_markdown(message: &str) -> String {
    let message = message.replace('`', "");
    let words = message.split_whitespace().map(|word| {
        let core = word.trim_end_matches([',', '.', ';', ':', '!', '?']);
        if core.is_empty() || is_plain(core) {
            return word.to_owned();
        }
        format!("`{core}`{}", &word[core.len()..])
    });
    words.collect::<Vec<_>>().join(" ")
}

fn is_plain(word: &str) -> bool {
    let is_prose = |letter: char| letter.is_ascii_alphanumeric() || "-'()–".contains(letter);
    let is_compound = word.chars().skip(1).any(|letter| letter.is_ascii_uppercase())
        && word.chars().any(|letter| letter.is_ascii_lowercase());
    word.chars().all(is_prose) && !is_compound
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, expected: &str) {
        assert_eq!(sentence(&as_markdown(message)), expected, "{message}");
    }

    #[test]
    fn a_header_is_the_message_with_names_in_backticks() {
        check("Add tool notes", "Add tool notes.");
        check("Really?", "Really?");
        check("Add tool_notes, drop tools.", "Add `tool_notes`, drop tools.");
        check("Fix AIMetadata of AI (again)", "Fix `AIMetadata` of AI (again).");
        check("Drop `tools.notes`", "Drop `tools.notes`.");
        check("Half a `backtick", "Half a backtick.");
        check("- drop # <b>all</b> [x](y)", "- drop `#` `<b>all</b>` `[x](y)`.");
        check("Re-enable e-mail", "Re-enable e-mail.");
    }
}
