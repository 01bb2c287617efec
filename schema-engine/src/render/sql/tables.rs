//! The SQL of tables and constraints. Pure.

use super::{columns, comment_if_any, set_options};
use crate::{
    catalog::{
        QualifiedName,
        identifier::quote,
        model::{Column, ColumnValue, Constraint, Index, Object, ReplicaIdentity, Table},
        normalize::retold,
    },
    diff::{Change, Commented, Constrained, TableAspect},
};

pub(super) fn statements(change: &Change) -> Vec<String> {
    match change {
        Change::CreateTable { name, table } => create(name, table),
        Change::DropTable { name, .. } => vec![format!("DROP TABLE {name}")],
        Change::RenameTable { from, to } => {
            vec![format!("ALTER TABLE {from} RENAME TO {}", quote(&to.name))]
        }
        Change::AlterTable { name, aspect } => alter(name, aspect),
        Change::AttachPartition { name, partition } => {
            let (of, bound) = (&partition.of, &partition.bound);
            vec![format!("ALTER TABLE {of} ATTACH PARTITION {name} {bound}")]
        }
        Change::DetachPartition { name, partition } => {
            vec![format!("ALTER TABLE {} DETACH PARTITION {name}", partition.of)]
        }
        Change::AddConstraint { of, name, constraint, index } => {
            let clause = clause(name, constraint, index.as_ref());
            let mut statements = vec![format!("{} ADD {clause}", subject(of))];
            statements.extend(constraint_comments(of, name, constraint, index.as_ref()));
            statements
        }
        Change::DropConstraint { of, name, .. } => {
            vec![format!("{} DROP CONSTRAINT {}", subject(of), quote(name))]
        }
        Change::RenameConstraint { table, from, to } => {
            let (from, to) = (quote(from), quote(to));
            vec![format!("ALTER TABLE {table} RENAME CONSTRAINT {from} TO {to}")]
        }
        Change::ValidateConstraint { of, name } => {
            vec![format!("{} VALIDATE CONSTRAINT {}", subject(of), quote(name))]
        }
        _ => Vec::new(),
    }
}

/// How a constraint is named when it is commented on.
pub(super) fn constraint(of: &Constrained, name: &str) -> String {
    match of {
        Constrained::Table(table) => format!("CONSTRAINT {} ON {table}", quote(name)),
        Constrained::Domain(domain) => format!("CONSTRAINT {} ON DOMAIN {domain}", quote(name)),
    }
}

/// The comments on a new constraint and on the index that backs it.
pub(super) fn constraint_comments(
    of: &Constrained,
    name: &str,
    constraint: &Constraint,
    index: Option<&Index>,
) -> Vec<String> {
    let on = match of {
        Constrained::Table(of) => {
            Commented::Object(Object::Constraint { of: of.clone(), name: name.to_owned() })
        }
        Constrained::Domain(of) => {
            Commented::DomainConstraint { of: of.clone(), name: name.to_owned() }
        }
    };
    let backing = Object::Index { of: of.name().clone(), name: name.to_owned() };
    let of_index = index.and_then(|index| index.comment.as_ref());
    let comments = comment_if_any(&on, constraint.comment.as_ref()).into_iter();
    comments.chain(comment_if_any(&Commented::Object(backing), of_index)).collect()
}

/// A constraint as CREATE and ALTER TABLE have it.
pub(super) fn clause(name: &str, constraint: &Constraint, index: Option<&Index>) -> String {
    format!("CONSTRAINT {} {}", quote(name), retold(&constraint.definition(index)))
}

fn create(name: &QualifiedName, table: &Table) -> Vec<String> {
    let is_child = !table.parents.is_empty();
    let columns: Vec<_> =
        table.columns.iter().filter(|column| !(is_child && column.is_inherited)).collect();
    let constraints = table.constraints.iter();
    let constraints =
        constraints.map(|(key, constraint)| clause(key, constraint, table.indexes.get(key)));
    let parts = columns.iter().map(|column| made_with(table, column).definition());
    let parts: Vec<_> = parts.chain(constraints).collect();
    let body = match parts.as_slice() {
        [] => "()".to_owned(),
        parts => format!("(\n    {}\n)", parts.join(",\n    ")),
    };
    let unlogged = if table.is_unlogged { "UNLOGGED " } else { "" };
    let mut statements = vec![format!("CREATE {unlogged}TABLE {name} {body}{}", tail(table))];
    statements.extend(columns.iter().flat_map(|column| columns::settings(name, column)));
    let default = Table::default();
    if table.has_row_security {
        statements.extend(alter(name, &TableAspect::RowSecurity { to: true }));
    }
    if table.is_row_security_forced {
        statements.extend(alter(name, &TableAspect::ForcedRowSecurity { to: true }));
    }
    if table.replica_identity != default.replica_identity {
        let (from, to) = (default.replica_identity, table.replica_identity.clone());
        statements.extend(alter(name, &TableAspect::ReplicaIdentity { from, to }));
    }
    let on = Commented::Object(Object::Table(name.clone()));
    statements.extend(comment_if_any(&on, table.comment.as_ref()));
    let commented = columns.into_iter().cloned().collect::<Vec<_>>();
    statements.extend(columns::comments(name, &commented));
    for (key, constraint) in &table.constraints {
        let of = Constrained::Table(name.clone());
        let index = table.indexes.get(key);
        statements.extend(constraint_comments(&of, key, constraint, index));
    }
    statements
}

/// A column as it is made with its table: a partition has its identities from what it becomes a
/// part of.
fn made_with(table: &Table, column: &Column) -> Column {
    let mut column = column.clone();
    if table.partition.is_some() && matches!(column.value, Some(ColumnValue::Identity { .. })) {
        column.value = None;
    }
    column
}

/// What follows the columns and constraints of a new table.
fn tail(table: &Table) -> String {
    let mut clauses = vec![String::new()];
    if !table.parents.is_empty() {
        clauses.push(format!("INHERITS ({})", names(&table.parents)));
    }
    if let Some(key) = &table.partition_key {
        clauses.push(format!("PARTITION BY {key}"));
    }
    if let Some(method) = &table.access_method {
        clauses.push(format!("USING {}", quote(method)));
    }
    if !table.options.is_empty() {
        let options = table.options.iter().map(|(name, value)| format!("{name}={value}"));
        clauses.push(format!("WITH ({})", options.collect::<Vec<_>>().join(", ")));
    }
    clauses.join(" ")
}

fn alter(name: &QualifiedName, aspect: &TableAspect) -> Vec<String> {
    let subject = format!("ALTER TABLE {name}");
    match aspect {
        TableAspect::Options { from, to } => set_options(&subject, from, to),
        TableAspect::AccessMethod { to, .. } => {
            let method = to.as_deref().unwrap_or("heap");
            vec![format!("{subject} SET ACCESS METHOD {}", quote(method))]
        }
        TableAspect::Unlogged { to } => {
            vec![format!("{subject} SET {}", if *to { "UNLOGGED" } else { "LOGGED" })]
        }
        TableAspect::RowSecurity { to } => {
            let word = if *to { "ENABLE" } else { "DISABLE" };
            vec![format!("{subject} {word} ROW LEVEL SECURITY")]
        }
        TableAspect::ForcedRowSecurity { to } => {
            let word = if *to { "FORCE" } else { "NO FORCE" };
            vec![format!("{subject} {word} ROW LEVEL SECURITY")]
        }
        TableAspect::ReplicaIdentity { to, .. } => {
            let identity = match to {
                ReplicaIdentity::PrimaryKey => "DEFAULT".to_owned(),
                ReplicaIdentity::Index(index) => format!("USING INDEX {}", quote(index)),
                ReplicaIdentity::Full => "FULL".to_owned(),
                ReplicaIdentity::Nothing => "NOTHING".to_owned(),
            };
            vec![format!("{subject} REPLICA IDENTITY {identity}")]
        }
        TableAspect::Parents { from, to } => {
            let left = from.iter().filter(|parent| !to.contains(parent));
            let joined = to.iter().filter(|parent| !from.contains(parent));
            left.map(|parent| format!("{subject} NO INHERIT {parent}"))
                .chain(joined.map(|parent| format!("{subject} INHERIT {parent}")))
                .collect()
        }
    }
}

fn subject(of: &Constrained) -> String {
    match of {
        Constrained::Table(table) => format!("ALTER TABLE {table}"),
        Constrained::Domain(domain) => format!("ALTER DOMAIN {domain}"),
    }
}

fn names(names: &[QualifiedName]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
