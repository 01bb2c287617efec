//! Migrations whose two directions are SQL files, and the one lineage that they and the Rust
//! migrations of a schema make.

use sea_orm_migration::prelude::*;

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

// A file is sent whole: splitting it at semicolons would tear the function bodies apart.
#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.up).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.down).await.map(|_| ())
    }
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
