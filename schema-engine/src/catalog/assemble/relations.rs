//! Tables, views, composite types and sequences, with their columns. Pure.

use std::collections::HashMap;

use super::{Assembly, unknown};
use crate::catalog::{
    identifier::QualifiedName,
    inspect::{InspectError, Options},
    model::{
        Attribute, Column, ColumnName, ColumnValue, Generation, Object, Partition, ReplicaIdentity,
        Sequence, SequenceOptions, Storage, Table, View,
    },
    normalize,
    registry::PG_CLASS,
    rows::{ColumnRow, RelationRow, SequenceRow},
};

/// How the identity columns count, by relation and number.
pub(super) type Identities = HashMap<(i64, i16), SequenceOptions>;

/// Finds the sequences of identity columns.
pub(super) fn identities(rows: &[SequenceRow]) -> Identities {
    let identities = rows.iter().filter(|row| row.ownership.as_deref() == Some("i"));
    identities
        .filter_map(|row| Some(((row.owner?, row.owner_column?), sequence_options(row))))
        .collect()
}

impl Assembly {
    pub(super) fn add_relations(
        &mut self,
        rows: Vec<RelationRow>,
        options: &Options,
    ) -> Result<(), InspectError> {
        for row in rows {
            let name = QualifiedName::new(row.namespace.as_str(), row.name.as_str());
            if matches!(row.kind.as_str(), "v" | "m") {
                self.registry.note(PG_CLASS, row.oid, Object::View(name.clone()));
                self.views.insert(row.oid, (name, view(row)));
            } else if !options.ignored_tables.contains(&row.name) {
                self.registry.note(PG_CLASS, row.oid, Object::Table(name.clone()));
                self.tables.insert(row.oid, (name, table(row)?));
            }
        }
        Ok(())
    }

    pub(super) fn add_columns(
        &mut self,
        rows: Vec<ColumnRow>,
        identities: &Identities,
    ) -> Result<(), InspectError> {
        for row in rows {
            if let Some((_, table)) = self.tables.get_mut(&row.relation) {
                table.columns.push(column(row, identities)?);
            } else if let Some((_, view)) = self.views.get_mut(&row.relation) {
                view.columns.push(column(row, identities)?);
            } else if let Some((_, composite)) = self.composites.get_mut(&row.relation) {
                let ColumnRow { name, data_type, collation, comment, .. } = row;
                composite.attributes.push(Attribute { name, data_type, collation, comment });
            }
        }
        Ok(())
    }

    pub(super) fn add_sequences(&mut self, rows: Vec<SequenceRow>) -> Result<(), InspectError> {
        for row in rows {
            let owner = match (row.ownership.as_deref(), row.owner, row.owner_column) {
                (Some("a"), Some(relation), Some(number)) => match self.tables.get(&relation) {
                    Some((table, _)) => {
                        let column = self.registry.column(relation, number)?;
                        Some(ColumnName { table: table.clone(), column })
                    }
                    // It goes with a table that is left out.
                    None => continue,
                },
                // An identity column has it.
                (Some("i"), ..) => continue,
                _ => None,
            };
            let options = sequence_options(&row);
            let name = QualifiedName::new(row.namespace, row.name);
            self.registry.note(PG_CLASS, row.oid, Object::Sequence(name.clone()));
            let SequenceRow { is_unlogged, comment, .. } = row;
            self.catalog.sequences.insert(name, Sequence { options, is_unlogged, owner, comment });
        }
        Ok(())
    }
}

fn table(row: RelationRow) -> Result<Table, InspectError> {
    let parents: Result<Vec<QualifiedName>, _> =
        row.parents.iter().map(|parent| parent.parse()).collect();
    let (mut parents, mut partition) = (parents?, None);
    if let Some(bound) = row.partition_bound {
        partition = parents.pop().map(|of| Partition { of, bound });
    }
    Ok(Table {
        partition_key: row.partition_key,
        partition,
        parents,
        options: normalize::options(row.options),
        access_method: row.access_method,
        is_unlogged: row.is_unlogged,
        has_row_security: row.has_row_security,
        is_row_security_forced: row.is_row_security_forced,
        replica_identity: match row.replica_identity.as_str() {
            // Which index, the indexes say.
            "d" | "i" => ReplicaIdentity::PrimaryKey,
            "f" => ReplicaIdentity::Full,
            "n" => ReplicaIdentity::Nothing,
            letter => return Err(unknown("replica identity", letter)),
        },
        comment: row.comment,
        ..Table::default()
    })
}

fn view(row: RelationRow) -> View {
    View {
        is_materialized: row.kind == "m",
        query: normalize::view_query(&row.query.unwrap_or_default()),
        options: normalize::options(row.options),
        access_method: row.access_method,
        comment: row.comment,
        ..View::default()
    }
}

fn column(row: ColumnRow, identities: &Identities) -> Result<Column, InspectError> {
    let identity = identities.get(&(row.relation, row.number));
    let expression = row.expression.as_deref().map(normalize::expression);
    let value = match (row.generated.as_str(), identity, expression) {
        ("", Some(sequence), _) => {
            let generation = match row.identity.as_str() {
                "a" => Generation::Always,
                "d" => Generation::ByDefault,
                letter => return Err(unknown("kind of identity", letter)),
            };
            Some(ColumnValue::Identity { generation, sequence: sequence.clone() })
        }
        ("", None, expression) => expression.map(ColumnValue::Default),
        (letter @ ("s" | "v"), _, Some(expression)) => {
            Some(ColumnValue::Generated { expression, is_virtual: letter == "v" })
        }
        (letter, ..) => return Err(unknown("kind of generated column", letter)),
    };
    Ok(Column {
        name: row.name,
        data_type: row.data_type,
        is_not_null: row.is_not_null,
        value,
        collation: row.collation,
        storage: row.storage.as_deref().map(storage).transpose()?,
        compression: row.compression.as_deref().map(compression).transpose()?,
        statistics: row.statistics,
        options: normalize::options(row.options),
        is_inherited: row.is_inherited,
        comment: row.comment,
    })
}

fn storage(letter: &str) -> Result<Storage, InspectError> {
    match letter {
        "p" => Ok(Storage::Plain),
        "e" => Ok(Storage::External),
        "x" => Ok(Storage::Extended),
        "m" => Ok(Storage::Main),
        _ => Err(unknown("kind of storage", letter)),
    }
}

fn compression(letter: &str) -> Result<String, InspectError> {
    match letter {
        "p" => Ok("pglz".to_owned()),
        "l" => Ok("lz4".to_owned()),
        _ => Err(unknown("compression", letter)),
    }
}

fn sequence_options(row: &SequenceRow) -> SequenceOptions {
    SequenceOptions {
        data_type: row.data_type.clone(),
        start: row.start,
        increment: row.increment,
        minimum: row.minimum,
        maximum: row.maximum,
        cache: row.cache,
        is_cycling: row.is_cycling,
    }
}
