//! Foreign keys that nothing helps to look up. Pure.

use super::{Finding, step::Step};
use crate::{
    catalog::model::{ConstraintKind, ForeignKey, KeySource, Table},
    hazard::Hazard,
};

pub(super) fn findings(step: &Step<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, table) in &step.after.tables {
        let old = step.before.tables.get(name);
        for (key_name, constraint) in &table.constraints {
            let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
            let is_new = old.is_none_or(|old| !old.constraints.contains_key(key_name));
            if is_new && !is_helped(table, key) {
                let object = format!("{name} ({})", key.columns.join(", "));
                findings.push(Finding::new(Hazard::ForeignKeyWithoutIndex, object, None));
            }
        }
    }
    findings
}

/// Whether an index begins with the columns of the key, in whatever order.
fn is_helped(table: &Table, key: &ForeignKey) -> bool {
    table.indexes.values().any(|index| {
        let first = index.keys.iter().take(key.columns.len());
        let columns = first.filter_map(|key| match &key.source {
            KeySource::Column(name) => Some(name),
            KeySource::Expression(_) => None,
        });
        let helping = columns.filter(|name| key.columns.contains(name)).count();
        index.predicate.is_none() && helping == key.columns.len()
    })
}
