//! Changes in words: what is done, what is lost, and what to mind. Pure.

use std::collections::BTreeSet;

use crate::{
    catalog::{
        QualifiedName,
        model::{Column, Object},
    },
    diff::{Change, ColumnAspect, Commented},
};

/// What is done, in phrases that name it; what comes with a table is not told beside it.
pub(super) fn deeds(changes: &[Change]) -> Vec<String> {
    let new = new_tables(changes);
    let mut deeds: Vec<String> = Vec::new();
    for deed in changes.iter().filter_map(|change| deed(change, &new)) {
        if !deeds.contains(&deed) {
            deeds.push(deed);
        }
    }
    deeds
}

fn new_tables(changes: &[Change]) -> BTreeSet<&QualifiedName> {
    let tables = changes.iter().filter_map(|change| match change {
        Change::CreateTable { name, .. } => Some(name),
        _ => None,
    });
    tables.collect()
}

fn deed(change: &Change, new: &BTreeSet<&QualifiedName>) -> Option<String> {
    let deed = match change {
        Change::CreateTable { name, .. } => format!("Creates the table {}", named(name)),
        Change::DropTable { name, .. } => format!("Drops the table {}", named(name)),
        Change::RenameTable { from, to } => {
            format!("Renames the table {} to {}", named(from), named(to))
        }
        Change::AddColumn { table, column } => {
            format!("Adds {} to {}", code(&column.name), named(table))
        }
        Change::DropColumn { table, column } => {
            format!("Drops {} of {}", code(&column.name), named(table))
        }
        Change::RenameColumn { table, from, to } => {
            format!("Renames {} of {} to {}", code(from), named(table), code(to))
        }
        Change::AlterColumn { table, from, to, aspect } => {
            format!("{} {} of {}", altered(from, to, *aspect).0, code(&to.name), named(table))
                + &altered(from, to, *aspect).1
        }
        Change::CreateType { name, .. } => format!("Creates the type {}", named(name)),
        Change::DropType { name, .. } => format!("Drops the type {}", named(name)),
        Change::AddEnumLabel { name, label, .. } => {
            format!("Adds the label {} to {}", code(label), named(name))
        }
        Change::RenameEnumLabel { name, from, to } => {
            format!("Renames the label {} of {} to {}", code(from), named(name), code(to))
        }
        Change::RebuildTypes { types, .. } => {
            let names: Vec<String> = types.iter().map(|found| named(&found.name)).collect();
            format!("Makes {} anew", names.join(", "))
        }
        Change::CreateIndex { table, .. } if new.contains(table) => return None,
        Change::AddConstraint { of, .. } if new.contains(of.name()) => return None,
        Change::CreateSequence { sequence, .. }
            if sequence.owner.as_ref().is_some_and(|owner| new.contains(&owner.table)) =>
        {
            return None;
        }
        Change::CreateIndex { name, .. } => format!("Creates the index {}", code(name)),
        Change::DropIndex { name, .. } => format!("Drops the index {}", code(name)),
        Change::AddConstraint { name, .. } => format!("Adds the constraint {}", code(name)),
        Change::DropConstraint { name, .. } => format!("Drops the constraint {}", code(name)),
        Change::Replace { drop, create } if drop.object() == create.object() => {
            format!("Makes the {} anew", object(create))
        }
        Change::SetSequenceOwner { .. } | Change::Suspend { .. } | Change::Restore { .. } => {
            return None;
        }
        Change::SetComment { on: Commented::Object(Object::Table(table)), .. }
            if new.contains(table) =>
        {
            return None;
        }
        other => match verb(other) {
            Some(verb) => format!("{verb} the {}", object(other)),
            None => format!("Alters the {}", object(other)),
        },
    };
    Some(deed + ".")
}

fn verb(change: &Change) -> Option<&'static str> {
    match change {
        Change::CreateView { .. }
        | Change::CreateRoutine { .. }
        | Change::CreateTrigger { .. }
        | Change::CreateSequence { .. }
        | Change::CreateOther { .. } => Some("Creates"),
        Change::DropView { .. }
        | Change::DropRoutine { .. }
        | Change::DropTrigger { .. }
        | Change::DropSequence { .. }
        | Change::DropOther { .. } => Some("Drops"),
        _ => None,
    }
}

/// What is done to a column, before and behind its name.
fn altered(from: &Column, to: &Column, aspect: ColumnAspect) -> (&'static str, String) {
    match aspect {
        ColumnAspect::Type => {
            ("Changes", format!(" from {} to {}", code(&from.data_type), code(&to.data_type)))
        }
        ColumnAspect::NotNull if to.is_not_null => ("Requires", String::new()),
        ColumnAspect::NotNull => ("Lets", " be null".to_owned()),
        ColumnAspect::Value if to.value.is_none() => ("Takes the default of", String::new()),
        ColumnAspect::Value => ("Changes the default of", String::new()),
        ColumnAspect::Settings => ("Changes the storage of", String::new()),
    }
}

/// What is lost, each in words that name it.
pub(super) fn losses(changes: &[Change]) -> Vec<String> {
    let lost = changes.iter().filter(|change| change.is_destructive());
    lost.filter_map(|change| match change {
        Change::DropTable { name, .. } => Some(format!("the rows of {}", named(name))),
        Change::DropColumn { table, column } => {
            Some(format!("what {} of {} holds", code(&column.name), named(table)))
        }
        Change::AlterColumn { table, to, .. } => {
            Some(format!("what {} of {} held beyond its new type", code(&to.name), named(table)))
        }
        // It fails where a row still has the label.
        Change::RebuildTypes { .. } | Change::DropSequence { .. } => None,
        other => Some(format!("what the {} holds", object(other))),
    })
    .collect()
}

/// Whether the way back brings everything back.
pub(super) fn reversal(up: &[String], down: &[String]) -> String {
    let list = |lost: &[String]| lost.join(", ");
    match (up, down) {
        ([], []) => "Reversible: neither way loses data.".to_owned(),
        ([], down) => format!("Reversible, at a price: `down` loses {}.", list(down)),
        (up, []) => format!("`up` loses {}; `down` does not bring that back.", list(up)),
        (up, down) => format!(
            "`up` loses {}, which `down` does not bring back; `down` loses {}.",
            list(up),
            list(down)
        ),
    }
}

/// What to mind on a busy or filled table.
pub(super) fn hazards(changes: &[Change]) -> Vec<String> {
    let new = new_tables(changes);
    let mut hazards: Vec<String> = Vec::new();
    for hazard in changes.iter().filter_map(|change| hazard(change, &new)) {
        if !hazards.contains(&hazard) {
            hazards.push(hazard);
        }
    }
    hazards
}

fn hazard(change: &Change, new: &BTreeSet<&QualifiedName>) -> Option<String> {
    let is_old = |table: &QualifiedName| !new.contains(table);
    match change {
        Change::AddColumn { table, column }
            if is_old(table) && column.is_not_null && column.value.is_none() =>
        {
            Some(format!(
                "fails if {} has rows, which have no {}",
                named(table),
                code(&column.name)
            ))
        }
        Change::AlterColumn { table, to, aspect: ColumnAspect::NotNull, .. }
            if is_old(table) && to.is_not_null =>
        {
            Some(format!("fails where {} of {} is null", code(&to.name), named(table)))
        }
        Change::AlterColumn { table, .. } | Change::AddColumn { table, .. }
            if is_old(table) && change.is_rewrite() =>
        {
            Some(format!("writes all of {} anew, which nobody can use meanwhile", named(table)))
        }
        Change::RebuildTypes { columns, .. } if !columns.is_empty() => {
            let mut tables: Vec<String> =
                columns.iter().map(|column| named(&column.table)).collect();
            tables.dedup();
            let tables = tables.join(", ");
            Some(format!("writes all of {tables} anew, which nobody can use meanwhile"))
        }
        Change::CreateIndex { table, index, .. } if is_old(table) => {
            let unique = if index.is_unique { "fails on duplicates and " } else { "" };
            Some(format!("{unique}keeps everybody from writing {} for a while", named(table)))
        }
        Change::AddConstraint { of, .. } if is_old(of.name()) => {
            Some(format!("reads all of {} and fails on a row that breaks it", named(of.name())))
        }
        _ => None,
    }
}

fn object(change: &Change) -> String {
    let object = change.object();
    match object.split_once(' ') {
        Some((kind, name)) => {
            format!("{kind} {}", code(name.strip_prefix("public.").unwrap_or(name)))
        }
        None => code(&object),
    }
}

fn named(name: &QualifiedName) -> String {
    if name.namespace == "public" { code(&name.name) } else { code(&name.to_string()) }
}

/// In backticks, which documentation needs around a name.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}
