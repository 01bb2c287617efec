//! Changes as differences that people read, with the SQL both ways. Pure.

use serde::Serialize;

use crate::{
    catalog::{QualifiedName, model::Object},
    diff::{Change, Commented},
    render::sql,
};

/// Two catalogs, held against each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What differs.
    pub differences: Vec<Difference>,
    /// The statements that lead from the first to the second, in their order.
    pub sql: Vec<String>,
    /// Those that lead back.
    pub sql_back: Vec<String>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs, such as `column public.users.email`.
    pub object: String,
    /// How, in one line that names it.
    pub description: String,
    /// Whether the statements that make it right lose data.
    pub loses_data: bool,
}

impl Report {
    /// Tells what turns one catalog into the other, and back.
    pub fn of(changes: &[Change], back: &[Change]) -> Self {
        let told = changes.iter().filter(|change| !is_incidental(change, changes));
        let statements =
            |changes: &[Change]| changes.iter().flat_map(sql::statements).collect::<Vec<_>>();
        Self {
            differences: told.map(Difference::of).collect(),
            sql: statements(changes),
            sql_back: statements(back),
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty() && self.sql.is_empty()
    }
}

impl Difference {
    fn of(change: &Change) -> Self {
        Self {
            object: change.object(),
            description: change.describe(),
            loses_data: change.is_destructive(),
        }
    }
}

/// Whether it is only there because of another: it makes way, or is part of a table that comes too.
fn is_incidental(change: &Change, all: &[Change]) -> bool {
    let is_new = |table: &QualifiedName| {
        all.iter().any(|other| matches!(other, Change::CreateTable { name, .. } if name == table))
    };
    match change {
        Change::Suspend { .. } => true,
        Change::Restore { drop, create } => is_undone(drop, create),
        Change::CreateIndex { table, .. } | Change::AddColumn { table, .. } => is_new(table),
        Change::AddConstraint { of, .. } => is_new(of.name()),
        Change::CreateTrigger { of, .. } => is_new(of),
        Change::CreateSequence { sequence, .. } => {
            sequence.owner.as_ref().is_some_and(|owner| is_new(&owner.table))
        }
        Change::SetSequenceOwner { name, .. } => all
            .iter()
            .any(|other| matches!(other, Change::CreateSequence { name: new, .. } if new == name)),
        Change::SetComment { on: Commented::Object(object), .. } => match object {
            Object::Table(table) => is_new(table),
            part => part.container().is_some_and(is_new),
        },
        _ => false,
    }
}

/// Whether what comes back is what went.
fn is_undone(drop: &Change, create: &Change) -> bool {
    match (drop, create) {
        (Change::DropView { view: from, .. }, Change::CreateView { view: to, .. }) => from == to,
        (Change::DropRoutine { routine: from, .. }, Change::CreateRoutine { routine: to, .. }) => {
            from == to
        }
        (Change::DropTrigger { trigger: from, .. }, Change::CreateTrigger { trigger: to, .. }) => {
            from == to
        }
        (Change::DropIndex { index: from, .. }, Change::CreateIndex { index: to, .. }) => {
            from == to
        }
        (
            Change::DropConstraint { constraint: from, .. },
            Change::AddConstraint { constraint: to, .. },
        ) => from == to,
        (Change::DropOther { other: from, .. }, Change::CreateOther { other: to, .. }) => {
            from == to
        }
        _ => false,
    }
}
