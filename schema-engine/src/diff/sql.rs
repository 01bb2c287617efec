//! The SQL that a catalog holds, wherever that is. Pure.

use std::{cell::Cell, collections::BTreeMap};

use crate::catalog::{
    Catalog,
    model::{Column, ColumnValue, Constraint, ConstraintKind, Index, KeySource},
};

/// Whether any of it is as `is_it` says.
pub(super) fn any(catalog: &Catalog, is_it: impl Fn(&str) -> bool) -> bool {
    let is_found = Cell::new(false);
    each(&mut catalog.clone(), &|sql| {
        if is_it(sql) {
            is_found.set(true);
        }
        sql.to_owned()
    });
    let bodies = catalog.routines.values().filter(|routine| routine.language == "sql");
    is_found.get() || bodies.into_iter().any(|routine| is_it(&routine.definition))
}

/// Writes anew all SQL in a catalog.
pub(super) fn each(catalog: &mut Catalog, map: &dyn Fn(&str) -> String) {
    for table in catalog.tables.values_mut() {
        of_columns(&mut table.columns, map);
        of_constraints(&mut table.constraints, map);
        of_indexes(&mut table.indexes, map);
        table.partition_key = table.partition_key.as_deref().map(map);
        if let Some(partition) = &mut table.partition {
            partition.bound = map(&partition.bound);
        }
        for trigger in table.triggers.values_mut() {
            trigger.definition = map(&trigger.definition);
        }
    }
    for view in catalog.views.values_mut() {
        of_columns(&mut view.columns, map);
        of_indexes(&mut view.indexes, map);
        view.query = map(&view.query);
        for trigger in view.triggers.values_mut() {
            trigger.definition = map(&trigger.definition);
        }
    }
    for domain in catalog.domains.values_mut() {
        domain.data_type = map(&domain.data_type);
        domain.default = domain.default.as_deref().map(map);
        of_constraints(&mut domain.constraints, map);
    }
    for attribute in catalog.composites.values_mut().flat_map(|found| &mut found.attributes) {
        attribute.data_type = map(&attribute.data_type);
    }
    for routine in catalog.routines.values_mut() {
        routine.arguments = map(&routine.arguments);
        routine.returns = routine.returns.as_deref().map(map);
        // A body that is a text stays as it is.
        let end = routine.definition.find("\nAS $").unwrap_or(routine.definition.len());
        let (head, body) = routine.definition.split_at(end);
        routine.definition = map(head) + body;
    }
    for other in catalog.others.values_mut() {
        other.definition = other.definition.as_deref().map(map);
    }
}

fn of_columns(columns: &mut [Column], map: &dyn Fn(&str) -> String) {
    for column in columns {
        column.data_type = map(&column.data_type);
        if let Some(ColumnValue::Default(expression) | ColumnValue::Generated { expression, .. }) =
            &mut column.value
        {
            *expression = map(expression);
        }
    }
}

pub(super) fn of_constraints(
    constraints: &mut BTreeMap<String, Constraint>,
    map: &dyn Fn(&str) -> String,
) {
    for constraint in constraints.values_mut() {
        match &mut constraint.kind {
            ConstraintKind::Check(check) => check.expression = map(&check.expression),
            ConstraintKind::Exclusion(exclusion) => {
                exclusion.definition = map(&exclusion.definition);
            }
            _ => {}
        }
    }
}

pub(super) fn of_indexes(indexes: &mut BTreeMap<String, Index>, map: &dyn Fn(&str) -> String) {
    for index in indexes.values_mut() {
        index.predicate = index.predicate.as_deref().map(map);
        for key in &mut index.keys {
            if let KeySource::Expression(expression) = &mut key.source {
                *expression = map(expression);
            }
        }
    }
}
