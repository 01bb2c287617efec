//! Rows that a migration brought and that an application counts on, as SQL that looks for them and
//! puts them back. Pure.

/// Rows of one table that one migration brought.
#[derive(Debug, Clone)]
pub struct SeedRows {
    /// The migration: before it is applied, nothing of it is missing.
    pub migration: String,
    /// The table.
    pub table: &'static str,
    /// A query of one text column: what tells each row that is missing from the others, in order.
    pub missing: String,
    /// A statement that puts back what is missing and leaves every other row as it is, so that
    /// doing it twice changes nothing.
    pub restore: String,
}

impl SeedRows {
    /// Rows that are known by a key: `key`, an expression over the columns of `table`, is one of
    /// `keys` in each.
    pub fn by_key<'a>(
        migration: &str,
        table: &'static str,
        key: &str,
        keys: impl IntoIterator<Item = &'a str>,
        restore: String,
    ) -> Self {
        let keys: Vec<String> = keys.into_iter().map(|key| format!("({})", literal(key))).collect();
        let missing = format!(
            "SELECT seed.key FROM (VALUES {}) AS seed (key) \
             WHERE seed.key NOT IN (SELECT {key} FROM {table}) ORDER BY seed.key",
            keys.join(", ")
        );
        Self { migration: migration.to_owned(), table, missing, restore }
    }
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_looked_for_all_at_once() {
        let seed = SeedRows::by_key("m1", "names", "name::text", ["fox", "o'wl"], String::new());
        assert_eq!(
            seed.missing,
            "SELECT seed.key FROM (VALUES ('fox'), ('o''wl')) AS seed (key) \
             WHERE seed.key NOT IN (SELECT name::text FROM names) ORDER BY seed.key"
        );
    }
}
