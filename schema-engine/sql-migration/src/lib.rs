//! Migrations whose two directions are SQL files, and the one lineage that they and the Rust
//! migrations of a schema make; and the rows that migrations bring, as SQL.

mod seed;

use sea_orm_migration::prelude::*;

pub use seed::SeedRows;

/// A pair of SQL files, compiled into a schema crate by [`sql_migration!`].
#[derive(Debug, Clone, Copy)]
pub struct SqlMigration {
    /// The migration's name, which is also the stem of its files.
    pub name: &'static str,
    /// The text of `<name>.up.sql`.
    pub up: &'static str,
    /// The text of `<name>.down.sql`.
    pub down: &'static str,
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

/// A file is sent whole: splitting it at semicolons would tear the function bodies apart.
///
/// Outside a transaction (see [`header`]) PostgreSQL takes such a text for one transaction all the
/// same where it holds several statements. Run by `Migrator::up` of an application, a file of one
/// statement, `CREATE INDEX CONCURRENTLY` for one, therefore works, and one of several fails at
/// what cannot run in a transaction and leaves nothing; `migration-runner` runs it statement by
/// statement.
#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.up).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.down).await.map(|_| ())
    }

    /// No transaction where one of the files asks for none: the two directions share the answer.
    fn use_transaction(&self) -> Option<bool> {
        let asks_for_none =
            |text| header(text).any(|line| (line.key, line.value) == (TRANSACTION, "none"));
        (asks_for_none(self.up) || asks_for_none(self.down)).then_some(false)
    }
}

/// The key of the header line `-- transaction: none`.
pub const TRANSACTION: &str = "transaction";

/// A line `-- key: value` at the head of an SQL file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderLine<'a> {
    /// Its number in the file, the first being 1.
    pub number: usize,
    /// What stands before the colon.
    pub key: &'a str,
    /// What stands after it.
    pub value: &'a str,
}

/// The lines `-- key: value` among the empty lines and `--` comments that an SQL file begins with.
///
/// Prose with a colon looks the same: the reader knows the keys.
pub fn header(text: &str) -> impl Iterator<Item = HeaderLine<'_>> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).enumerate();
    let head = lines.take_while(|(_, line)| line.is_empty() || line.starts_with("--"));
    head.filter_map(|(index, line)| {
        let (key, value) = line.trim_start_matches('-').split_once(':')?;
        Some(HeaderLine { number: index + 1, key: key.trim(), value: value.trim() })
    })
}

/// Embeds `sql/<name>.up.sql` and `sql/<name>.down.sql` of the crate that calls it.
#[macro_export]
macro_rules! sql_migration {
    ($name:literal) => {
        $crate::SqlMigration {
            name: $name,
            up: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $name, ".up.sql")),
            down: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $name, ".down.sql")),
        }
    };
}

/// Both kinds as one lineage; a name begins with its time, so names are in the lineage's order.
pub fn in_order(
    sql: &[SqlMigration],
    rust: Vec<Box<dyn MigrationTrait>>,
) -> Vec<Box<dyn MigrationTrait>> {
    let mut lineage = rust;
    for migration in sql {
        lineage.push(Box::new(*migration));
    }
    lineage.sort_by(|left, right| left.name().cmp(right.name()));
    lineage
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_transaction(up: &'static str, down: &'static str, expected: Option<bool>) {
        let migration = SqlMigration { name: "m", up, down };
        assert_eq!(migration.use_transaction(), expected, "{up:?} {down:?}");
    }

    #[test]
    fn a_header_line_of_either_file_asks_for_no_transaction() {
        check_transaction("CREATE TABLE a ();", "DROP TABLE a;", None);
        check_transaction("-- transaction: none\nSELECT 1", "", Some(false));
        check_transaction("", "\u{feff}-- Drops it.\n\n--transaction:none\nSELECT 1", Some(false));
        check_transaction("-- transaction: one", "", None);
        check_transaction("SELECT 1;\n-- transaction: none", "", None);
        check_transaction("-- In a transaction: none of it stays.", "", None);
    }

    #[test]
    fn header_lines_have_their_number() {
        let lines = header("-- Adds an index.\n\n-- lock-timeout: 10s\nSELECT 1;\n-- a: b");
        let expected = HeaderLine { number: 3, key: "lock-timeout", value: "10s" };
        assert_eq!(lines.collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn both_kinds_make_one_lineage() {
        let empty = |name| SqlMigration { name, up: "", down: "" };
        let lineage = in_order(
            &[empty("m20250101_000000_b"), empty("m20250103_000000_a")],
            vec![Box::new(empty("m20250102_000000_c")), Box::new(empty("m20250101_000000_a"))],
        );
        let names: Vec<&str> = lineage.iter().map(|migration| migration.name()).collect();
        assert_eq!(
            names,
            [
                "m20250101_000000_a",
                "m20250101_000000_b",
                "m20250102_000000_c",
                "m20250103_000000_a"
            ]
        );
    }
}
