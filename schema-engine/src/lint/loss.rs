//! What is gone afterwards. Pure.

use super::{Finding, step::Step};
use crate::{
    diff::{AttributeAction, Change, ColumnAspect},
    hazard::Hazard,
};

pub(super) fn findings(step: &Step<'_>) -> Vec<Finding> {
    step.changes.iter().filter_map(|change| finding(step, change)).collect()
}

fn finding(step: &Step<'_>, change: &Change) -> Option<Finding> {
    let change = match change {
        Change::Replace { drop, .. } => drop,
        change => change,
    };
    if !change.is_destructive() {
        return None;
    }
    let object = change.object();
    let hazard = match change {
        Change::DropTable { name, .. } => {
            return step.on_table(Hazard::DropTable, name, object);
        }
        Change::DropColumn { table, column } => {
            let entity = step.entities.tables.get(table);
            let is_wanted = entity.is_some_and(|entity| entity.column(&column.name).is_some());
            let hazard = if is_wanted { Hazard::DropColumnOfEntity } else { Hazard::DropColumn };
            return step.on_table(hazard, table, object);
        }
        Change::AlterColumn { table, from, to, aspect: ColumnAspect::Type } => {
            let object = format!("{object} from {} to {}", from.data_type, to.data_type);
            return step.on_table(Hazard::NarrowColumn, table, object);
        }
        Change::DropSequence { .. } => Hazard::DropSequence,
        Change::DropExtension { .. } => Hazard::DropExtension,
        Change::RebuildTypes { .. } => Hazard::DropEnumValue,
        Change::AlterComposite { action: AttributeAction::Drop(_), .. } => Hazard::DropColumn,
        _ => return None,
    };
    Some(Finding::new(hazard, object, None))
}
