//! The SQL of columns. Pure.

use std::fmt::Write as _;

use super::{comment_if_any, counting, set_options};
use crate::{
    catalog::{
        QualifiedName,
        identifier::quote,
        model::{Column, ColumnValue, Generation, Object, SequenceOptions, Storage},
    },
    diff::{ColumnAspect, Commented, RetypedColumn},
};

/// Adds a column, with all that is its.
pub(super) fn add(table: &QualifiedName, column: &Column) -> Vec<String> {
    let mut statements = vec![format!("ALTER TABLE {table} ADD COLUMN {}", column.definition())];
    statements.extend(settings(table, column));
    statements.extend(comments(table, std::slice::from_ref(column)));
    statements
}

/// What a new column has that only ALTER COLUMN can say.
pub(super) fn settings(table: &QualifiedName, column: &Column) -> Vec<String> {
    let settings = column.settings().into_iter();
    let only = format!("ALTER TABLE ONLY {table} ALTER COLUMN {}", quote(&column.name));
    settings.map(|setting| format!("{only} {setting}")).collect()
}

/// The comments on new columns.
pub(super) fn comments(table: &QualifiedName, columns: &[Column]) -> Vec<String> {
    let comments = columns.iter().filter_map(|column| {
        let object = Object::Column { of: table.clone(), name: column.name.clone() };
        comment_if_any(&Commented::Object(object), column.comment.as_ref())
    });
    comments.collect()
}

/// Alters one aspect of a column.
pub(super) fn alter(
    table: &QualifiedName,
    from: &Column,
    to: &Column,
    aspect: ColumnAspect,
) -> Vec<String> {
    match aspect {
        ColumnAspect::Type => retype(table, from, to, &conversion(from, to)),
        ColumnAspect::NotNull => {
            let action = if to.is_not_null { "SET NOT NULL" } else { "DROP NOT NULL" };
            vec![format!("{} {action}", subject(table, &to.name))]
        }
        ColumnAspect::Value => revalue(table, from, to),
        ColumnAspect::Settings => reset(table, from, to),
    }
}

/// Gives a column the type that was made anew under the old one's name.
pub(super) fn rebuild(column: &RetypedColumn) -> Vec<String> {
    let RetypedColumn { table, from, to } = column;
    let is_array = to.data_type.ends_with("[]") && from.data_type.ends_with("[]");
    let text = if is_array { "text[]" } else { "text" };
    let using = format!(" USING {}::{text}::{}", quote(&to.name), to.data_type);
    retype(table, from, to, &using)
}

/// Alters the type; a default is taken away and given back, because the server may not know how to
/// convert it, and both of this table alone, for those below have their own.
fn retype(table: &QualifiedName, from: &Column, to: &Column, using: &str) -> Vec<String> {
    let column = format!("ALTER COLUMN {}", quote(&to.name));
    let is_plain = |column: &Column| matches!(column.value, None | Some(ColumnValue::Default(_)));
    let mut statements = Vec::new();
    match &from.value {
        Some(ColumnValue::Default(_)) => {
            statements.push(format!("ALTER TABLE ONLY {table} {column} DROP DEFAULT"));
        }
        Some(ColumnValue::Identity { .. })
            if !matches!(to.value, Some(ColumnValue::Identity { .. })) =>
        {
            statements.push(format!("ALTER TABLE {table} {column} DROP IDENTITY"));
        }
        Some(ColumnValue::Generated { .. })
            if !matches!(to.value, Some(ColumnValue::Generated { .. })) =>
        {
            statements.push(format!("ALTER TABLE {table} {column} DROP EXPRESSION"));
        }
        _ => {}
    }
    let mut action = format!("{column} TYPE {}", to.data_type);
    // Without that the new type's own collation is taken.
    if let Some(collation) = &to.collation {
        let _ = write!(action, " COLLATE {collation}");
    }
    // What is generated is generated anew.
    if !matches!(to.value, Some(ColumnValue::Generated { .. })) {
        action.push_str(using);
    }
    statements.push(format!("ALTER TABLE {table} {action}"));
    if let Some(value @ ColumnValue::Default(_)) = &to.value
        && is_plain(from)
    {
        statements.push(format!("ALTER TABLE ONLY {table} {column} SET {}", value.definition()));
    }
    statements
}

fn revalue(table: &QualifiedName, from: &Column, to: &Column) -> Vec<String> {
    // What a parent's children have is theirs, and told of them.
    let only = format!("ALTER TABLE ONLY {table} ALTER COLUMN {}", quote(&to.name));
    let subject = subject(table, &to.name);
    match (&from.value, &to.value) {
        (
            Some(ColumnValue::Identity { generation: old, sequence: from }),
            Some(ColumnValue::Identity { generation, sequence }),
        ) => {
            let generation = (old != generation).then_some(*generation);
            recount(&subject, generation, from, sequence)
        }
        (old, new) => {
            let mut statements = match (old, new) {
                (Some(ColumnValue::Identity { .. }), _) => vec![format!("{subject} DROP IDENTITY")],
                (Some(ColumnValue::Generated { .. }), _) => {
                    vec![format!("{subject} DROP EXPRESSION")]
                }
                (Some(ColumnValue::Default(_)), None | Some(ColumnValue::Identity { .. })) => {
                    vec![format!("{only} DROP DEFAULT")]
                }
                _ => Vec::new(),
            };
            match new {
                Some(value @ ColumnValue::Default(_)) => {
                    statements.push(format!("{only} SET {}", value.definition()));
                }
                Some(value @ ColumnValue::Identity { .. }) => {
                    statements.push(format!("{subject} ADD {}", value.definition()));
                }
                Some(ColumnValue::Generated { .. }) | None => {}
            }
            statements
        }
    }
}

fn recount(
    subject: &str,
    generation: Option<Generation>,
    from: &SequenceOptions,
    to: &SequenceOptions,
) -> Vec<String> {
    // The type of the sequence is the column's.
    let from = SequenceOptions { data_type: to.data_type.clone(), ..from.clone() };
    let generation = generation.map(|generation| format!("SET GENERATED {}", generation.sql()));
    let clauses = counting(&from, to).into_iter().map(|clause| match clause.as_str() {
        "RESTART" => clause,
        _ => format!("SET {clause}"),
    });
    let clauses: Vec<_> = generation.into_iter().chain(clauses).collect();
    vec![format!("{subject} {}", clauses.join(" "))]
}

fn reset(table: &QualifiedName, from: &Column, to: &Column) -> Vec<String> {
    let subject = format!("ALTER TABLE ONLY {table} ALTER COLUMN {}", quote(&to.name));
    let mut statements = Vec::new();
    if from.storage != to.storage {
        let storage = to.storage.unwrap_or_else(|| storage_of(&to.data_type));
        statements.push(format!("{subject} SET STORAGE {}", storage.sql()));
    }
    if from.compression != to.compression {
        let method = to.compression.as_deref().unwrap_or("default");
        statements.push(format!("{subject} SET COMPRESSION {method}"));
    }
    if from.statistics != to.statistics {
        statements.push(format!("{subject} SET STATISTICS {}", to.statistics.unwrap_or(-1)));
    }
    statements.extend(set_options(&subject, &from.options, &to.options));
    statements
}

/// How values of a type that can be long are stored unless somebody says otherwise; releases before
/// 16 have no word for that.
fn storage_of(data_type: &str) -> Storage {
    let base = data_type.split('(').next().unwrap_or_default();
    let base = base.rsplit('.').next().unwrap_or_default();
    match base {
        "numeric" | "inet" | "cidr" => Storage::Main,
        "vector" | "halfvec" | "sparsevec" => Storage::External,
        _ => Storage::Extended,
    }
}

fn subject(table: &QualifiedName, column: &str) -> String {
    format!("ALTER TABLE {table} ALTER COLUMN {}", quote(column))
}

/// How values become those of the new type, where the server does not assign them by itself.
fn conversion(from: &Column, to: &Column) -> String {
    let (old, new) = (&from.data_type, &to.data_type);
    let name = quote(&to.name);
    match way(old, new) {
        Way::Assignment => String::new(),
        Way::Cast => format!(" USING {name}::{new}"),
        Way::Text if old.ends_with("[]") && new.ends_with("[]") => {
            format!(" USING {name}::text[]::{new}")
        }
        Way::Text => format!(" USING {name}::text::{new}"),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As when a value is inserted.
    Assignment,
    /// By an explicit cast.
    Cast,
    /// Written as text, and read again.
    Text,
}

const NUMBERS: [&str; 6] = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];
const TEXTS: [&str; 5] = ["text", "character varying", "character", "name", "\"char\""];
const TIMES: [&str; 3] = ["date", "timestamp without time zone", "timestamp with time zone"];

fn way(old: &str, new: &str) -> Way {
    if let (Some(old), Some(new)) = (old.strip_suffix("[]"), new.strip_suffix("[]")) {
        return way(old, new);
    }
    let (old, new) = (bare(old), bare(new));
    let both = |group: &[&str]| group.contains(&old.as_str()) && group.contains(&new.as_str());
    let is_text = |name: &str| TEXTS.contains(&name);
    let is_assigned = old == new
        || is_text(&new)
        || both(&NUMBERS)
        || both(&TIMES)
        || both(&["json", "jsonb"])
        || both(&["inet", "cidr"])
        || both(&["bit", "bit varying"])
        || both(&["time without time zone", "time with time zone"])
        || both(&["time without time zone", "interval"])
        || TIMES[1..].contains(&old.as_str()) && new == "time without time zone";
    if is_assigned {
        Way::Assignment
    } else if is_text(&old) || both(&["integer", "boolean"]) {
        Way::Cast
    } else {
        Way::Text
    }
}

/// A type without its modifier.
fn bare(data_type: &str) -> String {
    match data_type.split_once('(').and_then(|(name, rest)| Some((name, rest.split_once(')')?.1))) {
        Some((name, tail)) => format!("{name}{tail}"),
        None => data_type.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_converted_as_the_server_needs_it() {
        let check = |old: &str, new: &str, expected: &str| {
            let column = |data_type: &str| Column {
                name: "a".to_owned(),
                data_type: data_type.to_owned(),
                ..Column::default()
            };
            assert_eq!(conversion(&column(old), &column(new)), expected, "{old} to {new}");
        };
        check("character varying(3)", "character varying(9)", "");
        check("character varying(3)", "text", "");
        check("public.mood", "text", "");
        check("text", "public.mood", " USING a::public.mood");
        check("text[]", "public.mood[]", " USING a::public.mood[]");
        check("public.mood", "public.temper", " USING a::text::public.temper");
        check("timestamp(3) with time zone", "timestamp without time zone", "");
        check("timestamp with time zone", "bigint", " USING a::text::bigint");
        check("integer", "boolean", " USING a::boolean");
        check("bigint", "boolean", " USING a::text::boolean");
        check("uuid", "text", "");
        check("text", "uuid", " USING a::uuid");
        check("json", "jsonb", "");
        check("numeric(10,2)", "integer", "");
        check("public.vector(3)", "public.vector(4)", "");
        check("integer", "integer[]", " USING a::text::integer[]");
        check("public.mood[]", "public.temper[]", " USING a::text[]::public.temper[]");
    }
}
