//! Which of a column an entity says. Pure.

use crate::catalog::{
    Catalog,
    model::{Column, ColumnValue},
};

/// What the migrations would have to make of `column` for what the entity says to be true.
pub(super) fn settled(column: &Column, said: &Column, base: &Catalog) -> Column {
    let mut settled = column.clone();
    if !is_same_type(column, said, base) {
        settled.data_type.clone_from(&said.data_type);
        settled.collation.clone_from(&said.collation);
        if let Some(ColumnValue::Identity { sequence, .. }) = &mut settled.value {
            let is_at_end = sequence.maximum == greatest(&sequence.data_type);
            sequence.data_type.clone_from(&said.data_type);
            if is_at_end {
                sequence.maximum = greatest(&said.data_type);
            }
        }
    }
    settled.is_not_null = said.is_not_null;
    if !is_same_value(column, said) {
        settled.value.clone_from(&said.value);
    }
    settled
}

/// Whether a number comes by itself, be it from a sequence or from an identity.
pub(super) fn is_counted(column: &Column) -> bool {
    match &column.value {
        Some(ColumnValue::Identity { .. }) => true,
        Some(ColumnValue::Default(expression)) => expression.starts_with("nextval("),
        _ => false,
    }
}

fn is_same_type(column: &Column, said: &Column, base: &Catalog) -> bool {
    // An entity can say what is beneath a domain, but not that it is one.
    let mut domains = base.domains.iter().filter(|(name, _)| name.to_string() == column.data_type);
    column.data_type == said.data_type
        || domains.any(|(_, domain)| domain.data_type == said.data_type)
}

fn is_same_value(column: &Column, said: &Column) -> bool {
    match (&column.value, &said.value) {
        // An entity cannot say that a value is computed.
        (Some(ColumnValue::Generated { .. }), None) => true,
        (Some(ColumnValue::Default(made)), Some(ColumnValue::Default(wanted))) => {
            essence(made) == essence(wanted) || is_counted(column) && is_counted(said)
        }
        (made, wanted) => made == wanted || is_counted(column) && is_counted(said),
    }
}

/// Two spellings of one thing.
fn essence(expression: &str) -> &str {
    match expression {
        "CURRENT_TIMESTAMP" | "transaction_timestamp()" => "now()",
        uuid if uuid.ends_with("uuid_generate_v4()") => "gen_random_uuid()",
        other => other,
    }
}

/// The greatest number of a type.
pub(super) fn greatest(data_type: &str) -> i64 {
    match data_type {
        "smallint" => i16::MAX.into(),
        "integer" => i32::MAX.into(),
        _ => i64::MAX,
    }
}
