//! What is done to the columns of a table, as one statement where a builder can say it. Pure.

use super::{
    build::build,
    columns,
    layout::Chain,
    steps::Step,
    text::{name, string},
    types,
};
use crate::{
    catalog::{
        QualifiedName,
        model::{Column, ColumnValue},
    },
    diff::{Change, ColumnAspect},
    render::sql,
};

/// A table that is altered, and how: by which call, with which argument.
type Alteration<'a> = (&'a QualifiedName, (&'static str, Chain));

/// The statement that makes the change at a place, and as many as it can of those behind it.
pub(super) fn step(changes: &[Change], place: usize, folded: &mut [bool]) -> Option<Step> {
    let (table, _) = alteration(&changes[place])?;
    let mut calls: Vec<(&'static str, Chain)> = Vec::new();
    let table_call = name(table)?;
    for (at, change) in changes.iter().enumerate().skip(place) {
        let Some((of, (method, argument))) = alteration(change) else {
            if can_wait(change, table, changes) {
                continue;
            }
            break;
        };
        if of != table {
            break;
        }
        // What is done to one column is said at once.
        let same = calls.last_mut().filter(|(last, _)| *last == method && method == MODIFY);
        match same.and_then(|(_, last)| Some((last.clone().followed_by(&argument)?, last))) {
            Some((joined, last)) => *last = joined,
            None => calls.push((method, argument)),
        }
        folded[at] = true;
    }
    let chain = Chain::of("Table::alter()").call("table", table_call);
    let chain = calls.into_iter().fold(chain, |chain, (call, it)| chain.call_with(call, it));
    Some(build("alter_table", &table.name, chain.call("to_owned", "")))
}

const MODIFY: &str = "modify_column";

/// Whether a change that no builder says may as well come after what is done to other columns: that
/// a default goes, which matters to nothing but a change of its column's type.
fn can_wait(change: &Change, table: &QualifiedName, changes: &[Change]) -> bool {
    let Change::AlterColumn { table: of, from, to, aspect: ColumnAspect::Value } = change else {
        return false;
    };
    let is_retyped = changes.iter().any(|other| {
        matches!(
            other,
            Change::AlterColumn { table: it, to: column, aspect: ColumnAspect::Type, .. }
                if it == of && column.name == to.name
        )
    });
    let goes = matches!(from.value, Some(ColumnValue::Default(_))) && to.value.is_none();
    of == table && goes && !is_retyped
}

fn alteration(change: &Change) -> Option<Alteration<'_>> {
    match change {
        Change::AddColumn { table, column } => {
            let is_counted = columns::is_serial(table, column);
            let definition = columns::definition(table, column, false).filter(|_| !is_counted)?;
            Some((table, ("add_column", definition)))
        }
        Change::DropColumn { table, column } => {
            Some((table, ("drop_column", Chain::of(string(&column.name)))))
        }
        Change::AlterColumn { table, from, to, aspect } => {
            let column = || Chain::of(format!("ColumnDef::new({})", string(&to.name)));
            let definition = match aspect {
                ColumnAspect::Type if is_assigned(change, from, to) => columns::typed(to)?,
                ColumnAspect::NotNull if to.is_not_null => column().call("not_null", ""),
                ColumnAspect::NotNull => column().call("null", ""),
                ColumnAspect::Value => match &to.value {
                    Some(ColumnValue::Default(expression)) if !is_special(from) => {
                        column().call("default", types::default(expression, &to.data_type))
                    }
                    _ => return None,
                },
                ColumnAspect::Type | ColumnAspect::Settings => return None,
            };
            Some((table, (MODIFY, definition)))
        }
        _ => None,
    }
}

/// Whether the type alone says all: the server converts by itself what the rows and the default have.
fn is_assigned(change: &Change, from: &Column, to: &Column) -> bool {
    let is_literal = |column: &Column| match &column.value {
        None => true,
        Some(ColumnValue::Default(expression)) => types::is_literal(expression, &column.data_type),
        Some(_) => false,
    };
    let base = |column: &Column| column.data_type.split('(').next().map(str::to_owned);
    let is_kept = from.value.is_none() || base(from) == base(to);
    let converts = sql::statements(change).iter().any(|sql| sql.contains(" USING "));
    from.value == to.value
        && is_literal(from)
        && is_kept
        && from.collation.is_none()
        && to.collation.is_none()
        && !converts
}

/// Whether a value must be taken away before a default can be given.
fn is_special(column: &Column) -> bool {
    !matches!(column.value, None | Some(ColumnValue::Default(_)))
}
