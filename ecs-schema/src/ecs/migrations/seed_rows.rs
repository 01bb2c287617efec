//! What the migrations that seed rows share: JSON values, and the refusal to seed over rows that
//! are there.
//!
//! Applied migrations call these: a change here must leave the statements that they issue as they
//! are.

use sea_orm_migration::{prelude::*, sea_orm::JsonValue};

/// A JSON text as a value of a `json` column.
pub(super) fn json(text: impl Into<String>) -> Expr {
    Expr::val(text.into()).cast_as("json")
}

/// The text of a JSON array of the items.
pub(super) fn json_array<T: Clone + Into<JsonValue>>(items: &[T]) -> String {
    JsonValue::from(items).to_string()
}

/// Fails if `taken`, a query for the keys of seed rows (one text column), finds any in the table.
///
/// A seed row must not replace a row that an administrator made, and where it gave way to one,
/// `down` could not tell the administrator's row from its own. The unique key would refuse it too,
/// but would not name it.
pub(super) async fn refuse_taken_keys(
    manager: &SchemaManager<'_>,
    table: &str,
    taken: &SelectStatement,
) -> Result<(), DbErr> {
    let rows = manager.get_connection().query_all(taken).await?;
    let keys: Vec<String> =
        rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Ok(());
    }
    Err(DbErr::Migration(format!(
        "`{table}` already has what this migration inserts: {}; rename or remove these rows first",
        keys.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_json() {
        assert_eq!(json_array(&[3, 7]), "[3,7]");
        assert_eq!(json_array(&["web-weaving", r#"a "b""#]), r#"["web-weaving","a \"b\""]"#);
        assert_eq!(json_array::<i32>(&[]), "[]");
    }
}
