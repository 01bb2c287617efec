//! Columns as the helpers of sea-orm-migration write them. Pure.

use super::{layout::Chain, text::string, types};
use crate::catalog::{
    QualifiedName,
    model::{Column, ColumnValue},
};

/// The helpers that are used, without the ending of those for columns that may be null.
const HELPERS: &str = "
    pk_auto big_pk_auto pk_uuid char char_len string string_len text small_integer integer
    big_integer float double decimal decimal_len date_time timestamp_with_time_zone
    timestamp_with_time_zone_default_now time date blob boolean json json_binary uuid custom";

/// Whether a variable of that name would hide a helper.
pub(super) fn is_helper(name: &str) -> bool {
    let bare = name.strip_suffix("_null").unwrap_or(name);
    HELPERS.split_whitespace().any(|helper| helper == bare || helper == name)
}

/// Whether code calls a helper.
pub(super) fn uses_helpers(code: &str) -> bool {
    let is_call = |(at, _): (usize, &str)| {
        let before = &code[..at];
        let name = before.rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let name = name.into_iter().next().unwrap_or_default();
        let is_method = before[..before.len() - name.len()].ends_with(['.', ':']);
        !is_method && is_helper(name)
    };
    code.match_indices('(').any(is_call)
}

/// A column as a builder takes it, if it can; `key` says that it alone is the primary key.
pub(super) fn definition(table: &QualifiedName, column: &Column, key: bool) -> Option<Chain> {
    if !is_plain(column) {
        return None;
    }
    let name = string(&column.name);
    let is_now = default(column) == Some("CURRENT_TIMESTAMP");
    match (column.data_type.as_str(), key) {
        ("integer", true) if is_serial(table, column) => {
            return Some(Chain::of(format!("pk_auto({name})")));
        }
        ("bigint", true) if is_serial(table, column) => {
            return Some(Chain::of(format!("big_pk_auto({name})")));
        }
        ("uuid", true) if column.value.is_none() => {
            return Some(Chain::of(format!("pk_uuid({name})")));
        }
        ("timestamp with time zone", false) if is_now && column.is_not_null => {
            return Some(Chain::of(format!("timestamp_with_time_zone_default_now({name})")));
        }
        _ => {}
    }
    let ending = if column.is_not_null { "" } else { "_null" };
    let (helper, arguments) = types::helper(&column.data_type)?;
    let arguments: Vec<String> = std::iter::once(name).chain(arguments).collect();
    let mut chain = Chain::of(format!("{helper}{ending}({})", arguments.join(", ")));
    if is_serial(table, column) {
        chain = chain.call("auto_increment", "");
    } else if let Some(expression) = default(column) {
        chain = chain.call("default", types::default(expression, &column.data_type));
    }
    Some(if key { chain.call("primary_key", "") } else { chain })
}

/// A column whose type alone is said.
pub(super) fn typed(column: &Column) -> Option<Chain> {
    let (helper, arguments) = types::helper(&column.data_type)?;
    let column = Chain::of(format!("ColumnDef::new({})", string(&column.name)));
    Some(column.call(types::method(helper), arguments.join(", ")))
}

/// Whether a column counts by a sequence that comes with it.
pub(super) fn is_serial(table: &QualifiedName, column: &Column) -> bool {
    let sequence = sequence(table, &column.name);
    default(column).is_some_and(|it| it == format!("nextval('{sequence}'::regclass)"))
}

/// The sequence that comes with a column.
pub(super) fn sequence(table: &QualifiedName, column: &str) -> QualifiedName {
    QualifiedName::new(&table.namespace, format!("{}_{column}_seq", table.name))
}

fn default(column: &Column) -> Option<&str> {
    match &column.value {
        Some(ColumnValue::Default(expression)) => Some(expression),
        _ => None,
    }
}

/// Whether it has nothing that no builder says.
fn is_plain(column: &Column) -> bool {
    matches!(column.value, None | Some(ColumnValue::Default(_)))
        && column.collation.is_none()
        && column.compression.is_none()
        && column.settings().is_empty()
        && column.comment.is_none()
        && !column.is_inherited
}
