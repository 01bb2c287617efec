//! The sequences that count the rows of tables. Pure.

use super::columns::{greatest, is_counted};
use crate::catalog::{
    Catalog,
    model::{Column, ColumnName, ColumnValue},
};

/// Makes the sequences that new columns count by, drops those that no column counts by any more,
/// and lets those that stay count as far as their columns do.
pub(super) fn settle(target: &mut Catalog, base: &Catalog, entities: &Catalog) {
    for (name, sequence) in &base.sequences {
        let Some(owner) = &sequence.owner else { continue };
        let was_counted = column(base, owner).is_some_and(is_counted);
        match column(target, owner) {
            None => {
                target.sequences.remove(name);
            }
            Some(now) if was_counted && !is_counted(now) => {
                target.sequences.remove(name);
            }
            Some(now) => {
                let data_type = now.data_type.clone();
                let was = column(base, owner).map(|column| &column.data_type);
                let is_retyped = was_counted && was != Some(&data_type);
                let kept = target.sequences.get_mut(name).filter(|_| is_retyped);
                if let Some(options) = kept.map(|sequence| &mut sequence.options) {
                    if options.maximum == greatest(&options.data_type) {
                        options.maximum = greatest(&data_type);
                    }
                    options.data_type.clone_from(&data_type);
                }
            }
        }
    }
    for (name, sequence) in &entities.sequences {
        let Some(owner) = &sequence.owner else { continue };
        let is_by_it = |column: &Column| match &column.value {
            Some(value @ ColumnValue::Default(_)) => {
                is_counted(column)
                    && self::column(entities, owner).and_then(|said| said.value.as_ref())
                        == Some(value)
            }
            _ => false,
        };
        let is_new = !base.sequences.contains_key(name);
        if is_new && column(target, owner).is_some_and(is_by_it) {
            target.sequences.insert(name.clone(), sequence.clone());
        }
    }
}

fn column<'a>(catalog: &'a Catalog, name: &ColumnName) -> Option<&'a Column> {
    catalog.tables.get(&name.table)?.column(&name.column)
}
