//! What the object ids of a server stand for, while its rows become a catalog. Pure.

use std::collections::HashMap;

use super::{
    inspect::InspectError,
    model::{Dependency, Object},
    rows::{ColumnRow, DependencyRow},
};

/// The ids of the system catalogs themselves, the same on every server.
pub(super) const PG_TYPE: i64 = 1247;
pub(super) const PG_PROC: i64 = 1255;
pub(super) const PG_CLASS: i64 = 1259;
pub(super) const PG_CONSTRAINT: i64 = 2606;
pub(super) const PG_TRIGGER: i64 = 2620;
pub(super) const PG_EXTENSION: i64 = 3079;

/// What the ids of a server stand for.
#[derive(Debug, Default)]
pub(super) struct Registry {
    objects: HashMap<(i64, i64), Object>,
    columns: HashMap<(i64, i16), String>,
}

impl Registry {
    /// Knows the columns of these rows by their numbers.
    pub(super) fn of(columns: &[ColumnRow]) -> Self {
        let columns = columns.iter().map(|row| ((row.relation, row.number), row.name.clone()));
        Self { objects: HashMap::new(), columns: columns.collect() }
    }

    /// Notes what row `oid` of the system catalog `class` stands for.
    pub(super) fn note(&mut self, class: i64, oid: i64, object: Object) {
        self.objects.insert((class, oid), object);
    }

    /// The name of a column.
    pub(super) fn column(&self, relation: i64, number: i16) -> Result<String, InspectError> {
        let name = self.columns.get(&(relation, number)).cloned();
        name.ok_or(InspectError::UnknownColumn { relation, number })
    }

    /// The names of columns, in the order of their numbers in `numbers`.
    pub(super) fn columns(
        &self,
        relation: i64,
        numbers: &[i16],
    ) -> Result<Vec<String>, InspectError> {
        numbers.iter().map(|number| self.column(relation, *number)).collect()
    }

    /// What a dependency says, unless it is between things that the catalog does not hold, or
    /// between a thing and what it is a part of.
    pub(super) fn dependency(&self, row: &DependencyRow) -> Option<Dependency> {
        let dependent = self.object(row.class, row.oid, row.number)?;
        let on = self.object(row.on_class, row.on_oid, row.on_number)?;
        // A sequence goes with its column, but the column's default needs it first.
        if matches!((&dependent, &on), (Object::Sequence(_), Object::Column { .. })) {
            return None;
        }
        let is_within = dependent == on
            || dependent
                .container()
                .is_some_and(|container| on.qualified_name() == Some(container))
            || on
                .container()
                .is_some_and(|container| dependent.qualified_name() == Some(container));
        (!is_within).then_some(Dependency { dependent, on })
    }

    /// What row `oid` of the system catalog `class` stands for, or its column `number`.
    pub(super) fn object(&self, class: i64, oid: i64, number: i16) -> Option<Object> {
        let object = self.objects.get(&(class, oid))?;
        match object {
            Object::Table(of) | Object::View(of) | Object::Type(of)
                if class == PG_CLASS && number > 0 =>
            {
                let name = self.columns.get(&(oid, number))?.clone();
                Some(Object::Column { of: of.clone(), name })
            }
            _ => Some(object.clone()),
        }
    }
}
