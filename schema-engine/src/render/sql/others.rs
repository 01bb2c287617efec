//! The SQL of routines, of objects of other kinds, and how comments name objects. Pure.

use super::{comment_if_any, tables};
use crate::{
    catalog::{
        QualifiedName, Signature,
        identifier::quote,
        model::{Object, Routine, RoutineKind},
    },
    diff::{Change, Commented, Constrained},
};

pub(super) fn statements(change: &Change) -> Vec<String> {
    match change {
        Change::CreateRoutine { signature, routine } => {
            let on = Commented::Object(Object::Routine(signature.clone()));
            let mut statements = vec![routine.definition.clone()];
            statements.extend(comment_if_any(&on, routine.comment.as_ref()));
            statements
        }
        Change::DropRoutine { signature, routine } => vec![drop_routine(signature, routine)],
        Change::ReplaceRoutine { to, .. } => vec![to.definition.clone()],
        Change::CreateOther { name, other } => {
            let Some(definition) = &other.definition else { return Vec::new() };
            let definition = definition.trim().trim_end_matches(';').to_owned();
            let on = Commented::Object(Object::Other(name.clone()));
            let mut statements = vec![definition];
            statements.extend(comment_if_any(&on, other.comment.as_ref()));
            statements
        }
        Change::DropOther { name, .. } => vec![format!("DROP {}", phrase(name))],
        _ => Vec::new(),
    }
}

/// What follows COMMENT ON.
pub(super) fn commented(on: &Commented) -> String {
    match on {
        Commented::Namespace(name) => format!("SCHEMA {}", quote(name)),
        Commented::MaterializedView(name) => format!("MATERIALIZED VIEW {name}"),
        Commented::DomainConstraint { of, name } => {
            tables::constraint(&Constrained::Domain(of.clone()), name)
        }
        Commented::Object(object) => named(object),
    }
}

fn named(object: &Object) -> String {
    match object {
        Object::Extension(name) => format!("EXTENSION {}", quote(name)),
        Object::Type(name) => format!("TYPE {name}"),
        Object::Sequence(name) => format!("SEQUENCE {name}"),
        Object::Table(name) => format!("TABLE {name}"),
        Object::View(name) => format!("VIEW {name}"),
        Object::Routine(signature) => format!("ROUTINE {signature}"),
        Object::Column { of, name } => format!("COLUMN {of}.{}", quote(name)),
        Object::Constraint { of, name } => {
            tables::constraint(&Constrained::Table(of.clone()), name)
        }
        Object::Index { of, name } => {
            format!("INDEX {}", QualifiedName::new(of.namespace.as_str(), name.as_str()))
        }
        Object::Trigger { of, name } => format!("TRIGGER {} ON {of}", quote(name)),
        Object::Other(identity) => phrase(identity),
    }
}

fn drop_routine(signature: &Signature, routine: &Routine) -> String {
    match routine.kind {
        RoutineKind::Procedure => format!("DROP PROCEDURE {signature}"),
        RoutineKind::Function | RoutineKind::Window => format!("DROP FUNCTION {signature}"),
    }
}

/// The kind and identity of an object as PostgreSQL tells them, in the words of its statements.
fn phrase(identity: &str) -> String {
    const KINDS: [(&str, &str); 10] = [
        ("statistics object ", "STATISTICS "),
        ("policy ", "POLICY "),
        ("rule ", "RULE "),
        ("aggregate ", "AGGREGATE "),
        ("operator ", "OPERATOR "),
        ("cast ", "CAST "),
        ("collation ", "COLLATION "),
        ("type ", "TYPE "),
        ("foreign table ", "FOREIGN TABLE "),
        ("event trigger ", "EVENT TRIGGER "),
    ];
    let found = KINDS.iter().find_map(|(kind, words)| Some((words, identity.strip_prefix(kind)?)));
    found.map_or_else(|| identity.to_owned(), |(words, rest)| format!("{words}{rest}"))
}
