//! What a rule sees of a migration: the catalogs before and after it, and its statements. Pure.

use crate::{
    catalog::{Catalog, QualifiedName},
    diff::{self, Change, Constrained, Rename},
    hazard::Hazard,
    record::Recorded,
    sql,
};

use super::Finding;

/// One migration, as it ran in the shadow.
pub(super) struct Step<'a> {
    pub(super) before: &'a Catalog,
    pub(super) after: &'a Catalog,
    /// What the entities of this build want.
    pub(super) entities: &'a Catalog,
    pub(super) changes: Vec<Change>,
    pub(super) statements: Vec<&'a Recorded>,
    pub(super) in_transaction: bool,
}

impl<'a> Step<'a> {
    pub(super) fn new(
        before: &'a Catalog,
        after: &'a Catalog,
        entities: &'a Catalog,
        statements: Vec<&'a Recorded>,
        in_transaction: bool,
    ) -> Self {
        let renames = diff::renames(before, after);
        let is_said = |rename: &Rename| statements.iter().any(|found| says(&found.sql, rename));
        let renames: Vec<Rename> = renames.into_iter().filter(is_said).collect();
        let changes = diff::diff_with(before, after, &renames);
        Self { before, after, entities, changes, statements, in_transaction }
    }

    /// A finding on a table that was there before: nobody is in the way of what is new.
    pub(super) fn on_table(
        &self,
        hazard: Hazard,
        table: &QualifiedName,
        object: String,
    ) -> Option<Finding> {
        let was_there = self.before.tables.contains_key(table);
        was_there.then(|| Finding::new(hazard, object, Some(table.to_string())))
    }

    /// The table that a statement is about, by its own name or that of one of its indexes, if it
    /// was there before.
    pub(super) fn table_of(&self, statement: &str) -> Option<&'a QualifiedName> {
        let statements = sql::statements(statement).ok()?;
        let mut words = statements.iter().flat_map(sql::Statement::names);
        words.find_map(|word| {
            let mut tables = self.before.tables.iter();
            let found =
                tables.find(|(name, table)| name.name == word || table.indexes.contains_key(&word));
            found.map(|(name, _)| name)
        })
    }
}

/// Whether a statement renames, and names both.
fn says(statement: &str, rename: &Rename) -> bool {
    let (from, to) = match rename {
        Rename::Table { from, to } => (&from.name, &to.name),
        Rename::Column { from, to, .. }
        | Rename::Label { from, to, .. }
        | Rename::Constraint { from, to, .. }
        | Rename::Index { from, to, .. } => (from, to),
    };
    statement.to_uppercase().contains("RENAME")
        && statement.contains(from)
        && statement.contains(to)
}

/// The table that a change is made to.
pub(super) fn table(change: &Change) -> Option<&QualifiedName> {
    match change {
        Change::AlterTable { name, .. } | Change::DropTable { name, .. } => Some(name),
        Change::AddColumn { table, .. }
        | Change::DropColumn { table, .. }
        | Change::AlterColumn { table, .. }
        | Change::CreateIndex { table, .. }
        | Change::Reindex { table, .. }
        | Change::AddConstraint { of: Constrained::Table(table), .. } => Some(table),
        _ => None,
    }
}
