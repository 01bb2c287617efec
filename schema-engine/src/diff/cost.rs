//! What a change costs: data, or the time to write a table anew. Pure.

use super::{AttributeAction, Change, ColumnAspect, TableAspect, TypeDefinition, constraints};
use crate::catalog::model::{Column, ColumnValue, Validity};

impl Change {
    /// Whether data is lost that was in the database, or may be.
    pub fn is_destructive(&self) -> bool {
        match self {
            Self::DropTable { .. } | Self::DropSequence { .. } | Self::DropExtension { .. } => true,
            Self::DropColumn { column, .. } => !is_generated(column),
            Self::AlterComposite { action, .. } => matches!(action, AttributeAction::Drop(_)),
            Self::AlterColumn { from, to, aspect: ColumnAspect::Type, .. } => loses(from, to),
            Self::RebuildTypes { types, .. } | Self::ReplaceTypes { types, .. } => {
                types.iter().any(|found| match (&found.from, &found.to) {
                    (TypeDefinition::Enum(from), TypeDefinition::Enum(to)) => {
                        from.labels.iter().any(|label| !to.labels.contains(label))
                    }
                    (from, to) => from != to,
                })
            }
            // What is suspended comes back, but not with the rows it had.
            Self::Suspend { drop } => drop.is_destructive(),
            Self::Replace { drop, create } => drop.is_destructive() || is_emptied(drop, create),
            Self::Restore { drop, create } => is_emptied(drop, create),
            _ => false,
        }
    }

    /// Whether the server writes a table or index anew, or reads the whole of it, under its lock.
    pub fn is_rewrite(&self) -> bool {
        match self {
            Self::AlterColumn { from, to, aspect, .. } => match aspect {
                ColumnAspect::Type => !keeps_rows(from, to),
                ColumnAspect::NotNull => to.is_not_null,
                ColumnAspect::Value => {
                    matches!(to.value, Some(ColumnValue::Identity { .. })) && from.value.is_none()
                }
                ColumnAspect::Settings => false,
            },
            Self::RebuildTypes { columns, .. } | Self::ReplaceTypes { columns, .. } => {
                !columns.is_empty()
            }
            Self::AddColumn { column, .. } => match &column.value {
                Some(ColumnValue::Default(expression)) => is_volatile(expression),
                Some(ColumnValue::Generated { is_virtual, .. }) => !is_virtual,
                Some(ColumnValue::Identity { .. }) => true,
                None => false,
            },
            Self::AlterTable { aspect, .. } => {
                matches!(aspect, TableAspect::Unlogged { .. } | TableAspect::AccessMethod { .. })
            }
            // Rows that are there are not read for what holds for new ones alone.
            Self::AddConstraint { constraint, .. } => {
                constraints::validity(constraint).is_none_or(|of| of == Validity::Valid)
            }
            Self::CreateIndex { .. }
            | Self::Reindex { .. }
            | Self::AttachPartition { .. }
            | Self::ValidateConstraint { .. } => true,
            Self::Replace { create, .. } | Self::Restore { create, .. } => create.is_rewrite(),
            _ => false,
        }
    }
}

/// Whether what was generated is nowhere any more.
fn is_emptied(drop: &Change, create: &Change) -> bool {
    match (drop, create) {
        (Change::DropColumn { column: old, .. }, Change::AddColumn { column: new, .. }) => {
            is_generated(old) && !is_generated(new)
        }
        _ => false,
    }
}

fn is_generated(column: &Column) -> bool {
    matches!(column.value, Some(ColumnValue::Generated { .. }))
}

/// Whether the server computes a default for each row rather than once for all.
fn is_volatile(expression: &str) -> bool {
    const STABLE: [&str; 3] = ["now(", "CURRENT_", "transaction_timestamp("];
    expression.contains('(')
        && !expression.starts_with('(')
        && !STABLE.iter().any(|stable| expression.starts_with(stable))
}

/// A type without its modifier, and the modifier.
fn parts(data_type: &str) -> (String, Vec<i32>) {
    let Some((name, rest)) = data_type.split_once('(') else {
        return (data_type.to_owned(), Vec::new());
    };
    let Some((modifier, tail)) = rest.split_once(')') else {
        return (data_type.to_owned(), Vec::new());
    };
    let numbers = modifier.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    (format!("{name}{tail}"), numbers)
}

/// Whether rows are valid under the new type as they are stored.
fn keeps_rows(old: &Column, new: &Column) -> bool {
    let ((old, of_old), (new, of_new)) = (parts(&old.data_type), parts(&new.data_type));
    let widens = of_new.is_empty()
        || !of_old.is_empty() && of_old.iter().zip(&of_new).all(|(old, new)| old <= new);
    match (old.as_str(), new.as_str()) {
        ("character varying", "text") | ("text", "character varying") => of_new.is_empty(),
        ("numeric", "numeric") => of_new.is_empty() || widens && of_old.get(1) == of_new.get(1),
        (
            "character varying"
            | "bit varying"
            | "timestamp with time zone"
            | "timestamp without time zone"
            | "time without time zone",
            same,
        ) if same == old => widens,
        (old, new) => old == new && of_old == of_new,
    }
}

/// How much a number holds: its place among the numbers that each hold all before it.
fn width(data_type: &str) -> Option<u8> {
    match data_type {
        "smallint" => Some(0),
        "integer" => Some(1),
        "bigint" => Some(2),
        "numeric" => Some(3),
        _ => None,
    }
}

/// Whether values that the server converts without a word are less than they were.
fn loses(old: &Column, new: &Column) -> bool {
    let ((from, of_old), (to, of_new)) = (parts(&old.data_type), parts(&new.data_type));
    if from == to {
        let narrows = !of_new.is_empty()
            && (of_old.is_empty() || of_old.iter().zip(&of_new).any(|(old, new)| old > new));
        // The server refuses values that are too long, and rounds those that are too exact.
        return narrows && (from.starts_with("time") || from == "numeric" || from == "interval");
    }
    if let (Some(old), Some(new)) = (width(&from), width(&to)) {
        return new < old && from == "numeric";
    }
    match (from.as_str(), to.as_str()) {
        (_, "text" | "character varying")
        | ("real", "double precision" | "numeric")
        | ("json", "jsonb") => false,
        ("real" | "double precision", _)
        | ("numeric" | "bigint" | "integer", "real" | "double precision") => true,
        (timestamp, "date" | "time without time zone") => timestamp.starts_with("timestamp"),
        _ => false,
    }
}
