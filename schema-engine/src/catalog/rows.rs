//! What the queries answer, a row each. Pure; the names are those of the queries' columns.

use sea_orm::FromQueryResult;

/// Everything that was read.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) namespaces: Vec<NamespaceRow>,
    pub(super) extensions: Vec<ExtensionRow>,
    pub(super) types: Vec<TypeRow>,
    pub(super) relations: Vec<RelationRow>,
    pub(super) columns: Vec<ColumnRow>,
    pub(super) constraints: Vec<ConstraintRow>,
    pub(super) indexes: Vec<IndexRow>,
    pub(super) index_keys: Vec<IndexKeyRow>,
    pub(super) sequences: Vec<SequenceRow>,
    pub(super) routines: Vec<RoutineRow>,
    pub(super) triggers: Vec<TriggerRow>,
    pub(super) others: Vec<OtherRow>,
    pub(super) dependencies: Vec<DependencyRow>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct NamespaceRow {
    pub(super) name: String,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct ExtensionRow {
    pub(super) oid: i64,
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) version: String,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct TypeRow {
    pub(super) oid: i64,
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) relation: i64,
    pub(super) labels: Vec<String>,
    pub(super) data_type: Option<String>,
    pub(super) is_not_null: bool,
    pub(super) default: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct RelationRow {
    pub(super) oid: i64,
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) is_unlogged: bool,
    pub(super) has_row_security: bool,
    pub(super) is_row_security_forced: bool,
    pub(super) replica_identity: String,
    pub(super) options: Option<Vec<String>>,
    pub(super) access_method: Option<String>,
    pub(super) partition_key: Option<String>,
    pub(super) partition_bound: Option<String>,
    pub(super) parents: Vec<String>,
    pub(super) query: Option<String>,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct ColumnRow {
    pub(super) relation: i64,
    pub(super) number: i16,
    pub(super) name: String,
    pub(super) data_type: String,
    pub(super) is_not_null: bool,
    pub(super) expression: Option<String>,
    pub(super) generated: String,
    pub(super) identity: String,
    pub(super) collation: Option<String>,
    pub(super) storage: Option<String>,
    pub(super) compression: Option<String>,
    pub(super) statistics: Option<i32>,
    pub(super) options: Option<Vec<String>>,
    pub(super) is_inherited: bool,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
#[expect(clippy::struct_excessive_bools, reason = "the columns of the query")]
pub(super) struct ConstraintRow {
    pub(super) oid: i64,
    pub(super) relation: i64,
    pub(super) domain: i64,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) columns: Option<Vec<i16>>,
    pub(super) index: i64,
    pub(super) expression: Option<String>,
    pub(super) referenced: i64,
    pub(super) referenced_table: Option<String>,
    pub(super) referenced_columns: Option<Vec<i16>>,
    pub(super) on_delete: String,
    pub(super) on_delete_columns: Option<Vec<i16>>,
    pub(super) on_update: String,
    pub(super) is_match_full: bool,
    pub(super) is_deferrable: bool,
    pub(super) is_deferred: bool,
    pub(super) has_period: bool,
    pub(super) is_not_valid: bool,
    pub(super) is_not_enforced: bool,
    pub(super) is_no_inherit: bool,
    pub(super) is_inherited: bool,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
#[expect(clippy::struct_excessive_bools, reason = "the columns of the query")]
pub(super) struct IndexRow {
    pub(super) oid: i64,
    pub(super) relation: i64,
    pub(super) name: String,
    pub(super) method: String,
    pub(super) columns: String,
    pub(super) key_count: i16,
    pub(super) sorting: String,
    pub(super) predicate: Option<String>,
    pub(super) options: Option<Vec<String>>,
    pub(super) is_unique: bool,
    pub(super) is_nulls_not_distinct: bool,
    pub(super) is_invalid: bool,
    pub(super) is_replica_identity: bool,
    pub(super) parent: Option<String>,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct IndexKeyRow {
    pub(super) index: i64,
    pub(super) place: i16,
    pub(super) expression: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) operator_class: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct SequenceRow {
    pub(super) oid: i64,
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) is_unlogged: bool,
    pub(super) data_type: String,
    pub(super) start: i64,
    pub(super) increment: i64,
    pub(super) minimum: i64,
    pub(super) maximum: i64,
    pub(super) cache: i64,
    pub(super) is_cycling: bool,
    pub(super) ownership: Option<String>,
    pub(super) owner: Option<i64>,
    pub(super) owner_column: Option<i16>,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct RoutineRow {
    pub(super) oid: i64,
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) argument_types: String,
    pub(super) arguments: String,
    pub(super) returns: Option<String>,
    pub(super) language: String,
    pub(super) definition: String,
    pub(super) body_digest: String,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct TriggerRow {
    pub(super) oid: i64,
    pub(super) relation: i64,
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) firing: String,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct OtherRow {
    pub(super) class: i64,
    pub(super) oid: i64,
    pub(super) name: String,
    pub(super) definition: Option<String>,
    pub(super) comment: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct DependencyRow {
    pub(super) class: i64,
    pub(super) oid: i64,
    pub(super) number: i16,
    pub(super) on_class: i64,
    pub(super) on_oid: i64,
    pub(super) on_number: i16,
}
