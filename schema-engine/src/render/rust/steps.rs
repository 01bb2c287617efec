//! Changes as the statements of a function. Pure.

use super::{
    alter,
    build::built,
    layout::{Chain, WIDTH},
    new_table, sql_text,
    text::MARGIN,
};
use crate::{diff::Change, render::sql};

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
    /// As SQL, all at once.
    Sql(Vec<String>),
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
        (Some(only), None) => sql_text::execute_in_line(only, UNNAMED, "?;").is_none(),
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
                sql_text::execute(sql, connection, end)
            }
            Self::Build { method, variable, argument } => {
                let argument_line = argument.one_line();
                let line = format!("{margin}manager.{method}({argument_line}).await{end}");
                if sql_text::is_line(&line, end) {
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
        let made = match change {
            Change::CreateTable { .. } => new_table::steps(changes, place, &mut folded),
            Change::CreateSequence { .. }
                if new_table::has_sequence(changes, place, &mut folded) =>
            {
                continue;
            }
            Change::AddColumn { .. } | Change::DropColumn { .. } | Change::AlterColumn { .. } => {
                alter::step(changes, place, &mut folded).into_iter().collect()
            }
            other => built(other).into_iter().collect(),
        };
        if made.is_empty() {
            take_sql(&mut steps, sql::statements(change));
        } else {
            steps.extend(made);
        }
    }
    steps
}

/// Adds SQL, to the SQL before it where one text can hold both.
fn take_sql(steps: &mut Vec<Step>, statements: Vec<String>) {
    for sql in statements {
        match steps.last_mut() {
            Some(Step::Sql(before))
                if before.iter().chain([&sql]).all(|sql| sql_text::is_pliable(sql)) =>
            {
                before.push(sql);
            }
            _ => steps.push(Step::Sql(vec![sql])),
        }
    }
}
