//! Checksums of migrations, by which one that was edited after it ran is known. Pure.
//!
//! They stand beside the lineage, in `<schema>-schema/checksums.txt`, and are compiled in.

mod compute;

use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};
use sql_migration::SqlMigration;

pub use self::compute::{ChecksumError, compute};
use crate::sql::{self, SqlError, Statement};

/// The checksum of one migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checksum {
    /// The migration's name.
    pub migration: String,
    /// SHA-256 of its statements, both ways, in hex.
    pub digest: String,
}

/// How a list of checksums differs from what the migrations are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "change", content = "migration")]
pub enum Stale {
    /// The list lacks a migration.
    Added(String),
    /// A migration has other statements.
    Edited(String),
    /// The list has a migration that is gone.
    Removed(String),
    /// The hazards of a schema's migrations are not those that its file has.
    Hazards(&'static str),
}

/// The file of a schema in the checkout at `root`.
pub fn file(root: &Path, schema: &str) -> PathBuf {
    root.join(format!("{schema}-schema")).join("checksums.txt")
}

/// The text of such a file, in the order of the lineage.
pub fn text(checksums: &[Checksum]) -> String {
    let lines = checksums.iter().map(|known| format!("{} {}\n", known.migration, known.digest));
    lines.collect::<Vec<_>>().concat()
}

/// The digest that such a text has for a migration.
pub fn find<'a>(text: &'a str, migration: &str) -> Option<&'a str> {
    lines(text).find(|(name, _)| *name == migration).map(|(_, digest)| digest)
}

/// What is stale in such a text, migrations in lineage order first.
pub fn stale(text: &str, checksums: &[Checksum]) -> Vec<Stale> {
    let known = checksums.iter().filter_map(|checksum| {
        let name = &checksum.migration;
        match find(text, name) {
            None => Some(Stale::Added(name.clone())),
            Some(digest) if digest != checksum.digest => Some(Stale::Edited(name.clone())),
            Some(_) => None,
        }
    });
    let is_gone = |name: &str| !checksums.iter().any(|checksum| checksum.migration == name);
    let gone = lines(text).filter(|(name, _)| is_gone(name));
    known.chain(gone.map(|(name, _)| Stale::Removed(name.to_owned()))).collect()
}

fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.trim().split_once(' '))
}

/// The digest of a pair of SQL files; comments and white space do not count.
fn of_files(files: &SqlMigration) -> Result<String, SqlError> {
    Ok(of_statements(&sql::statements(files.up)?, &sql::statements(files.down)?))
}

/// The digest of what a migration issues when it is applied and when it is reverted.
fn of_statements(up: &[Statement<'_>], down: &[Statement<'_>]) -> String {
    let mut digest = Sha256::new();
    // Counts first, so that no token can be taken for the end of the one before it.
    let count = |digest: &mut Sha256, number: usize| digest.update((number as u64).to_le_bytes());
    for statements in [up, down] {
        count(&mut digest, statements.len());
        for statement in statements {
            count(&mut digest, statement.tokens().len());
            for token in statement.tokens() {
                count(&mut digest, token.len());
                digest.update(token);
            }
        }
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(up: &'static str, down: &'static str) -> String {
        of_files(&SqlMigration { name: "m1_a", up, down }).expect("statements")
    }

    #[test]
    fn what_a_file_does_counts_and_how_it_is_written_does_not() {
        let digest_of_first = digest("CREATE TABLE a (b int);", "DROP TABLE a;");
        for same in
            ["-- A table.\nCREATE  TABLE a(b int)", "CREATE TABLE a (\n  b int /* b */\n);;"]
        {
            assert_eq!(digest(same, "DROP TABLE a"), digest_of_first, "{same}");
        }
        for (up, down) in [
            ("CREATE TABLE a (c int);", "DROP TABLE a;"),
            ("CREATE TABLE a (b int);", ""),
            ("CREATE TABLE a (b int); DROP TABLE a;", ""),
            ("CREATE TABLE a; (b int);", "DROP TABLE a;"),
            ("CREATE TABLE a (bint);", "DROP TABLE a;"),
        ] {
            assert_ne!(digest(up, down), digest_of_first, "{up}");
        }
    }

    #[test]
    fn a_digest_is_the_same_on_every_machine() {
        let expected = "05798c585346faddc57a1262e5652fa63eaf5b89611f54d9465851b2756e3783";
        assert_eq!(digest("SELECT 1", ""), expected);
    }

    #[test]
    fn a_list_is_held_against_the_migrations() {
        let checksum = |migration: &str, digest: &str| Checksum {
            migration: migration.to_owned(),
            digest: digest.to_owned(),
        };
        let checksums = [checksum("m1", "aa"), checksum("m2", "bb")];
        let name = str::to_owned;
        for (list, expected) in [
            ("m1 aa\nm2 bb\n", vec![]),
            ("", vec![Stale::Added(name("m1")), Stale::Added(name("m2"))]),
            (
                "m2 cc\r\nm0 dd\r\nm1 aa",
                vec![Stale::Edited(name("m2")), Stale::Removed(name("m0"))],
            ),
        ] {
            assert_eq!(stale(list, &checksums), expected, "{list:?}");
        }
        assert_eq!(stale(&text(&checksums), &checksums), []);
    }
}
