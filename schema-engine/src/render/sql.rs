//! The SQL of a change: qualified, quoted, and without a semicolon at the end of a statement. Pure.

mod columns;
mod others;
mod tables;
mod types;

use std::collections::BTreeMap;

use crate::{
    catalog::{
        QualifiedName,
        identifier::{literal, quote},
        model::{Firing, Index, Object, Sequence, SequenceOptions, Trigger, View},
    },
    diff::{Change, Commented},
};

/// Writes the statements that make `change`, in their order; none where PostgreSQL cannot say how
/// the object was made.
pub fn statements(change: &Change) -> Vec<String> {
    match change {
        Change::CreateNamespace { .. }
        | Change::DropNamespace { .. }
        | Change::CreateExtension { .. }
        | Change::DropExtension { .. }
        | Change::MoveExtension { .. } => of_schema(change),
        Change::CreateType { .. }
        | Change::DropType { .. }
        | Change::AddEnumLabel { .. }
        | Change::RenameEnumLabel { .. }
        | Change::AlterDomain { .. }
        | Change::AlterComposite { .. }
        | Change::RebuildTypes { .. }
        | Change::ReplaceTypes { .. }
        | Change::DropReplacedTypes { .. } => types::statements(change),
        Change::CreateSequence { .. }
        | Change::DropSequence { .. }
        | Change::AlterSequence { .. }
        | Change::SetSequenceOwner { .. } => of_sequence(change),
        Change::CreateTable { .. }
        | Change::DropTable { .. }
        | Change::RenameTable { .. }
        | Change::AlterTable { .. }
        | Change::AttachPartition { .. }
        | Change::DetachPartition { .. }
        | Change::AddConstraint { .. }
        | Change::DropConstraint { .. }
        | Change::RenameConstraint { .. }
        | Change::ValidateConstraint { .. } => tables::statements(change),
        Change::AddColumn { table, column } => columns::add(table, column),
        Change::DropColumn { table, column } => {
            vec![format!("ALTER TABLE {table} DROP COLUMN {}", quote(&column.name))]
        }
        Change::RenameColumn { table, from, to } => {
            let (from, to) = (quote(from), quote(to));
            vec![format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}")]
        }
        Change::AlterColumn { table, from, to, aspect } => columns::alter(table, from, to, *aspect),
        Change::CreateIndex { .. }
        | Change::DropIndex { .. }
        | Change::RenameIndex { .. }
        | Change::Reindex { .. }
        | Change::SetIndexOptions { .. } => of_index(change),
        Change::CreateView { .. }
        | Change::DropView { .. }
        | Change::ReplaceView { .. }
        | Change::SetViewOptions { .. } => of_view(change),
        Change::CreateTrigger { of, name, trigger } => create_trigger(of, name, trigger),
        Change::DropTrigger { of, name, .. } => {
            vec![format!("DROP TRIGGER {} ON {of}", quote(name))]
        }
        Change::SetFiring { of, name, to, .. } => vec![set_firing(of, name, *to)],
        Change::CreateRoutine { .. }
        | Change::DropRoutine { .. }
        | Change::ReplaceRoutine { .. }
        | Change::CreateOther { .. }
        | Change::DropOther { .. } => others::statements(change),
        Change::SetComment { on, to, .. } => vec![comment(on, to.as_ref())],
        Change::Suspend { drop } => statements(drop),
        Change::Restore { create, .. } => statements(create),
        Change::Replace { drop, create } => [statements(drop), statements(create)].concat(),
    }
}

fn of_schema(change: &Change) -> Vec<String> {
    match change {
        Change::CreateNamespace { name, namespace } => {
            let on = Commented::Namespace(name.clone());
            let mut statements = vec![format!("CREATE SCHEMA {}", quote(name))];
            statements.extend(comment_if_any(&on, namespace.comment.as_ref()));
            statements
        }
        Change::DropNamespace { name, .. } => vec![format!("DROP SCHEMA {}", quote(name))],
        Change::CreateExtension { name, extension } => vec![format!(
            "CREATE EXTENSION {} WITH SCHEMA {}",
            quote(name),
            quote(&extension.namespace)
        )],
        Change::DropExtension { name, .. } => vec![format!("DROP EXTENSION {}", quote(name))],
        Change::MoveExtension { name, to, .. } => {
            vec![format!("ALTER EXTENSION {} SET SCHEMA {}", quote(name), quote(to))]
        }
        _ => Vec::new(),
    }
}

fn of_sequence(change: &Change) -> Vec<String> {
    match change {
        Change::CreateSequence { name, sequence } => {
            let on = Commented::Object(Object::Sequence(name.clone()));
            let mut statements = vec![sequence.definition(name)];
            statements.extend(comment_if_any(&on, sequence.comment.as_ref()));
            statements
        }
        Change::DropSequence { name, .. } => vec![format!("DROP SEQUENCE {name}")],
        Change::AlterSequence { name, from, to } => alter_sequence(name, from, to),
        Change::SetSequenceOwner { name, to, .. } => {
            let owner = to.as_ref().map(|to| format!("{}.{}", to.table, quote(&to.column)));
            let owner = owner.unwrap_or_else(|| "NONE".to_owned());
            vec![format!("ALTER SEQUENCE {name} OWNED BY {owner}")]
        }
        _ => Vec::new(),
    }
}

fn alter_sequence(name: &QualifiedName, from: &Sequence, to: &Sequence) -> Vec<String> {
    let mut statements = Vec::new();
    if from.options != to.options {
        let mut clauses = Vec::new();
        if from.options.data_type != to.options.data_type {
            clauses.push(format!("AS {}", to.options.data_type));
        }
        clauses.extend(counting(&from.options, &to.options));
        statements.push(format!("ALTER SEQUENCE {name} {}", clauses.join(" ")));
    }
    if from.is_unlogged != to.is_unlogged {
        let word = if to.is_unlogged { "UNLOGGED" } else { "LOGGED" };
        statements.push(format!("ALTER SEQUENCE {name} SET {word}"));
    }
    statements
}

/// The clauses that make a sequence count as `to` does; those that differ, and where a new type may
/// have moved the bounds these as well.
fn counting(from: &SequenceOptions, to: &SequenceOptions) -> Vec<String> {
    let is_retyped = from.data_type != to.data_type;
    let mut clauses = Vec::new();
    let mut say = |is_said: bool, clause: String| {
        if is_said {
            clauses.push(clause);
        }
    };
    say(from.increment != to.increment, format!("INCREMENT BY {}", to.increment));
    say(is_retyped || from.minimum != to.minimum, format!("MINVALUE {}", to.minimum));
    say(is_retyped || from.maximum != to.maximum, format!("MAXVALUE {}", to.maximum));
    say(from.start != to.start, format!("START WITH {}", to.start));
    // The server refuses bounds that the current number is outside of.
    let is_outside = from.start < to.minimum || from.start > to.maximum;
    say(is_outside, "RESTART".to_owned());
    say(from.cache != to.cache, format!("CACHE {}", to.cache));
    let cycle = if to.is_cycling { "CYCLE" } else { "NO CYCLE" };
    say(from.is_cycling != to.is_cycling, cycle.to_owned());
    clauses
}

fn of_index(change: &Change) -> Vec<String> {
    match change {
        Change::CreateIndex { table, name, index } => create_index(table, name, index),
        Change::DropIndex { table, name, .. } => {
            vec![format!("DROP INDEX {}", beside(table, name))]
        }
        Change::RenameIndex { table, from, to } => {
            vec![format!("ALTER INDEX {} RENAME TO {}", beside(table, from), quote(to))]
        }
        Change::Reindex { table, name } => vec![format!("REINDEX INDEX {}", beside(table, name))],
        Change::SetIndexOptions { table, name, from, index } => {
            let subject = format!("ALTER INDEX {}", beside(table, name));
            set_options(&subject, &from.options, &index.options)
        }
        _ => Vec::new(),
    }
}

fn create_index(table: &QualifiedName, name: &str, index: &Index) -> Vec<String> {
    let mut statements = vec![index.definition(table, name)];
    let object = Object::Index { of: table.clone(), name: name.to_owned() };
    statements.extend(comment_if_any(&Commented::Object(object), index.comment.as_ref()));
    statements
}

fn of_view(change: &Change) -> Vec<String> {
    match change {
        Change::CreateView { name, view } => create_view(name, view),
        Change::DropView { name, view } => vec![format!("DROP {} {name}", kind(view))],
        Change::ReplaceView { name, to, .. } => {
            let definition = to.definition(name);
            vec![definition.replacen("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)]
        }
        Change::SetViewOptions { name, from, to } => {
            set_options(&format!("ALTER {} {name}", kind(to)), &from.options, &to.options)
        }
        _ => Vec::new(),
    }
}

fn create_view(name: &QualifiedName, view: &View) -> Vec<String> {
    let mut statements = vec![view.definition(name)];
    for column in &view.columns {
        if let Some(value) = &column.value {
            statements.push(format!(
                "ALTER VIEW {name} ALTER COLUMN {} SET {}",
                quote(&column.name),
                value.definition()
            ));
        }
    }
    let on = if view.is_materialized {
        Commented::MaterializedView(name.clone())
    } else {
        Commented::Object(Object::View(name.clone()))
    };
    statements.extend(comment_if_any(&on, view.comment.as_ref()));
    statements.extend(columns::comments(name, &view.columns));
    statements
}

fn kind(view: &View) -> &'static str {
    if view.is_materialized { "MATERIALIZED VIEW" } else { "VIEW" }
}

fn create_trigger(of: &QualifiedName, name: &str, trigger: &Trigger) -> Vec<String> {
    let mut statements = vec![trigger.definition.clone()];
    if trigger.firing != Firing::Enabled {
        statements.push(set_firing(of, name, trigger.firing));
    }
    let object = Object::Trigger { of: of.clone(), name: name.to_owned() };
    statements.extend(comment_if_any(&Commented::Object(object), trigger.comment.as_ref()));
    statements
}

fn set_firing(of: &QualifiedName, name: &str, firing: Firing) -> String {
    format!("ALTER TABLE {of} {} {}", firing.sql(), quote(name))
}

/// The name of what stands in the same namespace as `table`.
fn beside(table: &QualifiedName, name: &str) -> QualifiedName {
    QualifiedName::new(table.namespace.as_str(), name)
}

/// The statements that set and reset storage parameters.
fn set_options(
    subject: &str,
    from: &BTreeMap<String, String>,
    to: &BTreeMap<String, String>,
) -> Vec<String> {
    let set = to.iter().filter(|(name, value)| from.get(*name) != Some(value));
    let set: Vec<_> = set.map(|(name, value)| format!("{name}={value}")).collect();
    let reset = from.keys().filter(|name| !to.contains_key(*name));
    let reset: Vec<_> = reset.map(String::as_str).collect();
    let mut statements = Vec::new();
    if !set.is_empty() {
        statements.push(format!("{subject} SET ({})", set.join(", ")));
    }
    if !reset.is_empty() {
        statements.push(format!("{subject} RESET ({})", reset.join(", ")));
    }
    statements
}

fn comment_if_any(on: &Commented, text: Option<&String>) -> Option<String> {
    text.map(|text| comment(on, Some(text)))
}

fn comment(on: &Commented, text: Option<&String>) -> String {
    let text = text.map_or_else(|| "NULL".to_owned(), |text| literal(text));
    format!("COMMENT ON {} IS {text}", others::commented(on))
}
