//! Changes as the statements of a function. Pure.

use super::{
    columns, indexes,
    layout::{Chain, WIDTH},
    tables,
    text::{self, MARGIN, name, string, strings},
};
use crate::{
    catalog::{
        QualifiedName,
        model::{ConstraintKind, ForeignKey},
    },
    diff::{Change, ColumnAspect, Constrained, LabelPlace, TypeDefinition},
    render::sql,
};

/// One statement that a migration runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// By a method of the manager.
    Build {
        /// The method.
        method: &'static str,
        /// What the argument is called where it takes a line of its own.
        variable: String,
        argument: Chain,
    },
    /// As SQL.
    Sql(String),
}

/// A connection that is used once.
const UNNAMED: &str = "manager.get_connection()";

/// Whether the connection that statements of SQL run on is worth a name.
pub(super) fn names_connection(steps: &[Step]) -> bool {
    let mut sql = steps.iter().filter_map(|step| match step {
        Step::Sql(sql) => Some(sql),
        Step::Build { .. } => None,
    });
    match (sql.next(), sql.next()) {
        (Some(only), None) => text::execute_in_line(only, UNNAMED, "?;").is_none(),
        (_, second) => second.is_some(),
    }
}

impl Step {
    /// All of it, as far as names of other modules go.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Build { argument, .. } => argument.one_line(),
            Self::Sql(_) => String::new(),
        }
    }

    /// As it stands where another follows; `has_connection` says that the connection has a name.
    pub(super) fn statement(&self, has_connection: bool) -> String {
        self.written(has_connection, "?;")
    }

    /// As it stands at the end of a function.
    pub(super) fn tail(&self, has_connection: bool) -> String {
        match self {
            Self::Build { .. } => self.written(has_connection, ""),
            Self::Sql(_) => {
                format!("{}        Ok(())\n", self.written(has_connection, "?;"))
            }
        }
    }

    fn written(&self, has_connection: bool, end: &str) -> String {
        let margin = " ".repeat(MARGIN);
        match self {
            Self::Sql(sql) => {
                let connection = if has_connection { "connection" } else { UNNAMED };
                text::execute(sql, connection, end)
            }
            Self::Build { method, variable, argument } => {
                let argument_line = argument.one_line();
                let line = format!("{margin}manager.{method}({argument_line}).await{end}");
                if text::is_line(&line, end) {
                    return format!("{line}\n");
                }
                let binding = bound(variable, argument);
                format!("{binding}{margin}manager.{method}({variable}).await{end}\n")
            }
        }
    }
}

/// The value of a variable: on its line, on one of its own, or broken.
fn bound(variable: &str, value: &Chain) -> String {
    let margin = " ".repeat(MARGIN);
    let one_line = format!("{};", value.one_line());
    let used = format!("{margin}let {variable} = ").chars().count();
    let inner = MARGIN + 4;
    let length = one_line.chars().count();
    if used + length > WIDTH && inner + length <= WIDTH {
        return format!("{margin}let {variable} =\n{margin}    {one_line}\n");
    }
    let value = value.laid_out(MARGIN, used, ";".len());
    format!("{margin}let {variable} = {value};\n")
}

/// Gives the statements that make `changes`, in their order.
pub(super) fn steps(changes: &[Change]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut folded = vec![false; changes.len()];
    for (place, change) in changes.iter().enumerate() {
        if folded[place] {
            continue;
        }
        let step = match change {
            Change::CreateTable { .. } => table_with_its_keys(changes, place, &mut folded),
            Change::CreateSequence { .. } if is_serial(changes, place, &mut folded) => continue,
            Change::AddColumn { .. } | Change::DropColumn { .. } | Change::AlterColumn { .. } => {
                altered_columns(changes, place, &mut folded)
            }
            other => built(other),
        };
        match step {
            Some(step) => steps.push(step),
            None => steps.extend(sql::statements(change).into_iter().map(Step::Sql)),
        }
    }
    steps
}

/// A table with those foreign keys that can be made with it.
fn table_with_its_keys(changes: &[Change], place: usize, folded: &mut [bool]) -> Option<Step> {
    let Change::CreateTable { name: of, table } = &changes[place] else { return None };
    let comes_later = |table: &QualifiedName| {
        let mut later = changes[place + 1..].iter();
        later.any(|change| match change {
            Change::CreateTable { name, .. } => name == table,
            Change::AddConstraint { of, .. } => of.name() == table && !is_foreign(change),
            Change::CreateIndex { table: of, index, .. } => of == table && index.is_unique,
            _ => false,
        })
    };
    let keys: Vec<(usize, &String, &ForeignKey)> = changes
        .iter()
        .enumerate()
        .filter_map(|(at, change)| match change {
            Change::AddConstraint { of: Constrained::Table(table), name, constraint, .. }
                if table == of && constraint.comment.is_none() =>
            {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else { return None };
                let is_ready = !comes_later(&key.referenced_table);
                (is_ready && indexes::foreign_key(of, name, key).is_some())
                    .then_some((at, name, key))
            }
            _ => None,
        })
        .collect();
    let foreign_keys: Vec<_> = keys.iter().map(|(_, name, key)| (*name, *key)).collect();
    let argument = tables::create(of, table, &foreign_keys)?;
    for (at, ..) in keys {
        folded[at] = true;
    }
    Some(build("create_table", &of.name, argument))
}

fn is_foreign(change: &Change) -> bool {
    matches!(
        change,
        Change::AddConstraint { constraint, .. }
            if matches!(constraint.kind, ConstraintKind::ForeignKey(_))
    )
}

/// Whether a sequence comes with the column of a table that is made by a builder; then what gives it
/// to the column is done too.
fn is_serial(changes: &[Change], place: usize, folded: &mut [bool]) -> bool {
    let Change::CreateSequence { name, sequence } = &changes[place] else { return false };
    let Some(owner) = &sequence.owner else { return false };
    let is_made = changes.iter().any(|change| match change {
        Change::CreateTable { name: table, table: found } => {
            *table == owner.table
                && found.column(&owner.column).is_some_and(|it| columns::is_serial(table, it))
                && tables::create(table, found, &[]).is_some()
        }
        _ => false,
    });
    let counts_on = sequence.options.counting().is_empty() && !sequence.is_unlogged;
    let is_usual = *name == columns::sequence(&owner.table, &owner.column)
        && sequence.comment.is_none()
        && counts_on;
    if is_made && is_usual {
        for (at, change) in changes.iter().enumerate() {
            folded[at] |= matches!(change, Change::SetSequenceOwner { name: of, .. } if of == name);
        }
    }
    is_made && is_usual
}

/// What is done to columns of one table, one after the other, as one statement.
fn altered_columns(changes: &[Change], place: usize, folded: &mut [bool]) -> Option<Step> {
    let (table, _) = altered_column(&changes[place])?;
    let mut chain = Chain::of("Table::alter()").call("table", name(table)?);
    for (at, change) in changes.iter().enumerate().skip(place) {
        let Some((of, (method, argument))) = altered_column(change) else { break };
        if of != table {
            break;
        }
        chain = chain.call_with(method, argument);
        folded[at] = true;
    }
    Some(build("alter_table", &table.name, chain.call("to_owned", "")))
}

type Alteration<'a> = (&'a QualifiedName, (&'static str, Chain));

fn altered_column(change: &Change) -> Option<Alteration<'_>> {
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
                ColumnAspect::Type => {
                    let bare = |column: &crate::catalog::model::Column| {
                        column.value.is_none() && column.collation.is_none()
                    };
                    let statements = sql::statements(change);
                    let is_assigned = !statements.iter().any(|sql| sql.contains(" USING "));
                    (bare(from) && bare(to) && is_assigned).then(|| columns::typed(to))??
                }
                ColumnAspect::NotNull if to.is_not_null => column().call("not_null", ""),
                ColumnAspect::NotNull => column().call("null", ""),
                ColumnAspect::Value => match &to.value {
                    Some(crate::catalog::model::ColumnValue::Default(expression))
                        if !is_special(from) =>
                    {
                        let default = super::types::default(expression, &to.data_type);
                        column().call("default", default)
                    }
                    _ => return None,
                },
                ColumnAspect::Settings => return None,
            };
            Some((table, ("modify_column", definition)))
        }
        _ => None,
    }
}

/// Whether a value must be taken away before a default can be given.
fn is_special(column: &crate::catalog::model::Column) -> bool {
    use crate::catalog::model::ColumnValue;
    !matches!(column.value, None | Some(ColumnValue::Default(_)))
}

fn built(change: &Change) -> Option<Step> {
    match change {
        Change::DropTable { name: of, .. } => {
            let argument = Chain::of("Table::drop()").call("table", name(of)?);
            Some(build("drop_table", &of.name, argument.call("to_owned", "")))
        }
        Change::RenameTable { from, to } => {
            let names = format!("{}, {}", name(from)?, name(to)?);
            let argument = Chain::of("Table::rename()").call("table", names);
            Some(build("rename_table", &to.name, argument.call("to_owned", "")))
        }
        Change::RenameColumn { table, from, to } => {
            let argument = Chain::of("Table::alter()")
                .call("table", name(table)?)
                .call("rename_column", format!("{}, {}", string(from), string(to)));
            Some(build("alter_table", &table.name, argument.call("to_owned", "")))
        }
        Change::CreateIndex { table, name: key, index } => {
            Some(build("create_index", key, indexes::create(table, key, index)?))
        }
        Change::DropIndex { table, name: key, .. } if table.namespace == "public" => {
            let argument = Chain::of("Index::drop()").call("name", string(key));
            Some(build("drop_index", key, argument.call("to_owned", "")))
        }
        Change::AddConstraint { of: Constrained::Table(table), name: key, constraint, .. } => {
            let ConstraintKind::ForeignKey(foreign) = &constraint.kind else { return None };
            let argument = indexes::foreign_key(table, key, foreign)
                .filter(|_| constraint.comment.is_none())?;
            Some(build("create_foreign_key", key, argument.call("to_owned", "")))
        }
        Change::DropConstraint { of: Constrained::Table(table), name: key, .. } => {
            let argument = Chain::of("Table::alter()")
                .call("table", name(table)?)
                .call("drop_constraint", string(key));
            Some(build("alter_table", &table.name, argument.call("to_owned", "")))
        }
        _ => of_type(change),
    }
}

fn of_type(change: &Change) -> Option<Step> {
    match change {
        Change::CreateType { name: of, definition: TypeDefinition::Enum(found) } => {
            let argument = Chain::of("Type::create()")
                .call("as_enum", name(of).filter(|_| found.comment.is_none())?)
                .call("values", strings(&found.labels));
            Some(build("create_type", &of.name, argument.call("to_owned", "")))
        }
        Change::DropType { name: of, definition: TypeDefinition::Enum(_) } => {
            let argument = Chain::of("Type::drop()").call("name", name(of)?);
            Some(build("drop_type", &of.name, argument.call("to_owned", "")))
        }
        Change::AddEnumLabel { name: of, label, place } => {
            let argument =
                Chain::of("Type::alter()").call("name", name(of)?).call("add_value", string(label));
            let argument = match place {
                LabelPlace::Before(next) => argument.call("before", string(next)),
                LabelPlace::Last => argument,
            };
            Some(build("alter_type", &of.name, argument))
        }
        Change::RenameEnumLabel { name: of, from, to } => {
            let argument = Chain::of("Type::alter()")
                .call("name", name(of)?)
                .call("rename_value", format!("{}, {}", string(from), string(to)));
            Some(build("alter_type", &of.name, argument))
        }
        _ => None,
    }
}

fn build(method: &'static str, thing: &str, argument: Chain) -> Step {
    Step::Build { method, variable: text::variable(thing), argument }
}
