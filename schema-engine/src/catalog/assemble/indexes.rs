//! Indexes of tables and materialised views. Pure.

use std::collections::HashMap;

use super::{Assembly, constraints::Backed};
use crate::catalog::{
    inspect::InspectError,
    model::{Index, IndexKey, KeySource, Object, ReplicaIdentity},
    normalize,
    registry::{PG_CLASS, Registry},
    rows::{IndexKeyRow, IndexRow},
};

/// The bits of `pg_index.indoption`.
const DESCENDING: u16 = 1;
const NULLS_FIRST: u16 = 2;

/// What is unusual about keys, by the object id of the index and their place in it.
type Unusual = HashMap<(i64, usize), IndexKeyRow>;

impl Assembly {
    pub(super) fn add_indexes(
        &mut self,
        rows: Vec<IndexRow>,
        keys: Vec<IndexKeyRow>,
        backed: &Backed,
    ) -> Result<(), InspectError> {
        let place = |row: &IndexKeyRow| usize::try_from(row.place).unwrap_or_default();
        let mut unusual: Unusual =
            keys.into_iter().map(|row| ((row.index, place(&row)), row)).collect();
        for row in rows {
            let constraint = backed.get(&row.oid);
            let (of, indexes) = if let Some((name, table)) = self.tables.get_mut(&row.relation) {
                if row.is_replica_identity {
                    table.replica_identity = ReplicaIdentity::Index(row.name.clone());
                }
                (name, &mut table.indexes)
            } else if let Some((name, view)) = self.views.get_mut(&row.relation) {
                (name, &mut view.indexes)
            } else {
                continue;
            };
            if constraint.is_none() {
                let object = Object::Index { of: of.clone(), name: row.name.clone() };
                self.registry.note(PG_CLASS, row.oid, object);
            }
            let name = row.name.clone();
            indexes.insert(name, index(row, constraint.cloned(), &self.registry, &mut unusual)?);
        }
        Ok(())
    }
}

fn index(
    row: IndexRow,
    constraint: Option<String>,
    registry: &Registry,
    unusual: &mut Unusual,
) -> Result<Index, InspectError> {
    let columns: Vec<i16> = numbers(&row.columns);
    let sorting: Vec<u16> = numbers(&row.sorting);
    let key_count = usize::try_from(row.key_count).unwrap_or_default().min(columns.len());
    let (keys, include) = columns.split_at(key_count);
    let keys = keys.iter().enumerate().map(|(place, number)| {
        let bits = sorting.get(place).copied().unwrap_or_default();
        let unusual = unusual.remove(&(row.oid, place + 1));
        key(row.relation, *number, bits, unusual, registry)
    });
    Ok(Index {
        method: row.method,
        keys: keys.collect::<Result<_, _>>()?,
        include: registry.columns(row.relation, include)?,
        predicate: row.predicate.as_deref().map(normalize::expression),
        options: normalize::options(row.options),
        is_unique: row.is_unique,
        is_nulls_not_distinct: row.is_nulls_not_distinct,
        is_invalid: row.is_invalid,
        constraint,
        parent: row.parent.as_deref().map(str::parse).transpose()?,
        comment: row.comment,
    })
}

fn key(
    relation: i64,
    number: i16,
    bits: u16,
    unusual: Option<IndexKeyRow>,
    registry: &Registry,
) -> Result<IndexKey, InspectError> {
    let (expression, collation, operator_class) = unusual
        .map_or_else(Default::default, |row| (row.expression, row.collation, row.operator_class));
    let source = match expression {
        Some(expression) => KeySource::Expression(normalize::expression(&expression)),
        None => KeySource::Column(registry.column(relation, number)?),
    };
    Ok(IndexKey {
        source,
        collation,
        operator_class,
        is_descending: bits & DESCENDING != 0,
        is_nulls_first: bits & NULLS_FIRST != 0,
    })
}

/// Reads a vector as the server writes it: numbers with spaces between.
fn numbers<T: std::str::FromStr>(vector: &str) -> Vec<T> {
    vector.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}
