//! Which changes make one difference, and the statements that mend it. Pure.

use super::{Difference, kinship, labels};
use crate::{
    catalog::{Catalog, QualifiedName},
    diff::{self, Change, ColumnAspect, Commented},
    render::sql,
};

/// A statement that mends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The statement.
    pub sql: String,
    /// The place of the difference that it is for.
    pub difference: usize,
}

/// Gives the differences between two catalogs, and the statements that mend them all, in the order in
/// which they can run.
pub(super) fn group(live: &Catalog, expected: &Catalog) -> (Vec<Difference>, Vec<Step>) {
    let changes = diff::diff_with(live, expected, &labels::renames(live, expected));
    if changes.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let leaders = kinship::leaders(&changes, live, expected);
    let mut heads: Vec<usize> = leaders.iter().flatten().copied().collect();
    heads.sort_unstable();
    heads.dedup();
    let mut groups: Vec<Group<'_>> = heads
        .iter()
        .map(|head| Group { head: &changes[*head], others: Vec::new(), sql: Vec::new() })
        .collect();
    let mut steps = Vec::new();
    for (place, change) in changes.iter().enumerate() {
        let Some(head) = leaders[place] else { continue };
        let Ok(difference) = heads.binary_search(&head) else { continue };
        let group = &mut groups[difference];
        if place != head {
            group.others.push(change);
        }
        let sql = sql::statements(change);
        group.sql.extend(sql.iter().cloned());
        steps.extend(sql.into_iter().map(|sql| Step { sql, difference }));
    }
    (groups.into_iter().map(Group::finish).collect(), steps)
}

/// The changes that make one difference.
struct Group<'a> {
    /// What it is named after.
    head: &'a Change,
    /// What comes with that.
    others: Vec<&'a Change>,
    sql: Vec<String>,
}

impl Group<'_> {
    fn finish(self) -> Difference {
        let changes = || std::iter::once(self.head).chain(self.others.iter().copied());
        // A new table has no rows.
        let is_new = matches!(self.head, Change::CreateTable { .. });
        let costly = changes().filter(|change| !is_new && change.is_rewrite());
        let costliest = costly.max_by_key(|change| is_of_rows(change));
        let is_told = |change: &&Change| {
            !matches!(change, Change::Suspend { .. } | Change::SetComment { .. })
                && !change.is_return()
        };
        let others = self.others.iter().copied().filter(is_told);
        Difference {
            object: self.head.object(),
            description: self.head.describe(),
            with_it: others.map(Change::describe).collect(),
            loses_data: changes().any(Change::is_destructive),
            is_rewrite: costliest.is_some_and(is_of_rows),
            is_scan: costliest.is_some_and(|change| !is_of_rows(change)),
            table: costliest.and_then(table_of).cloned(),
            rows: None,
            sql: self.sql,
        }
    }
}

/// The table that a change is on, or of which it makes a part.
fn table_of(change: &Change) -> Option<&QualifiedName> {
    match change {
        Change::CreateTable { name, .. } | Change::AlterTable { name, .. } => Some(name),
        Change::AddColumn { table, .. }
        | Change::AlterColumn { table, .. }
        | Change::CreateIndex { table, .. } => Some(table),
        Change::AddConstraint { of, .. } => Some(of.name()),
        Change::CreateTrigger { of, .. } => Some(of),
        Change::CreateSequence { sequence, .. } => sequence.owner.as_ref().map(|it| &it.table),
        Change::SetSequenceOwner { to, .. } => to.as_ref().map(|it| &it.table),
        Change::RebuildTypes { columns, .. } => columns.first().map(|column| &column.table),
        Change::Replace { create, .. } => table_of(create),
        Change::SetComment { on: Commented::Object(object), .. } => {
            object.container().or_else(|| object.qualified_name())
        }
        _ => None,
    }
}

/// Whether a costly change writes the rows of its table, and does not only read them.
fn is_of_rows(change: &Change) -> bool {
    match change {
        Change::AlterColumn { aspect, .. } => *aspect == ColumnAspect::Type,
        Change::AddColumn { .. } | Change::AlterTable { .. } | Change::RebuildTypes { .. } => true,
        Change::Replace { create, .. } => is_of_rows(create),
        _ => false,
    }
}
