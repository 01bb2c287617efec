//! What rows that are there stand in the way of, or are read or written for. Pure.

use super::{
    Finding,
    step::{Step, table},
};
use crate::{
    catalog::model::ConstraintKind,
    diff::{Change, ColumnAspect, Constrained},
    hazard::Hazard,
};

pub(super) fn findings(step: &Step<'_>) -> Vec<Finding> {
    step.changes.iter().filter_map(|change| finding(step, change)).collect()
}

fn finding(step: &Step<'_>, change: &Change) -> Option<Finding> {
    let change = match change {
        Change::Replace { create, .. } | Change::Restore { create, .. } => create,
        change => change,
    };
    let hazard = match change {
        Change::AlterColumn { to, aspect: ColumnAspect::NotNull, .. } if to.is_not_null => {
            Hazard::NotNullOnRows
        }
        Change::AddColumn { column, .. } if column.is_not_null && column.value.is_none() => {
            Hazard::RequiredColumn
        }
        Change::AddConstraint { constraint, index, .. } => match &constraint.kind {
            // Built beforehand, it is taken as it is.
            ConstraintKind::Unique(_) | ConstraintKind::PrimaryKey(_)
                if !step.has_unique_index(change, index.as_ref()) =>
            {
                Hazard::UniqueOnRows
            }
            _ => return None,
        },
        Change::CreateIndex { index, .. } if index.is_unique => Hazard::UniqueOnRows,
        Change::AlterColumn { .. } | Change::AddColumn { .. } | Change::AlterTable { .. }
            if change.is_rewrite() =>
        {
            Hazard::RewriteTable
        }
        Change::RebuildTypes { columns, .. } if !change.is_destructive() => {
            let column = columns.first()?;
            return step.on_table(Hazard::RewriteTable, &column.table, change.object());
        }
        _ => return None,
    };
    step.on_table(hazard, table(change)?, change.object())
}

impl Step<'_> {
    /// Whether the table had a unique index over the same before.
    fn has_unique_index(
        &self,
        change: &Change,
        wanted: Option<&crate::catalog::model::Index>,
    ) -> bool {
        let Change::AddConstraint { of: Constrained::Table(name), .. } = change else {
            return false;
        };
        let Some((table, wanted)) = self.before.tables.get(name).zip(wanted) else { return false };
        table.indexes.values().any(|index| index.is_unique && index.keys == wanted.keys)
    }
}
