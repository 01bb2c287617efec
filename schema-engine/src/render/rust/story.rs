//! Changes in words: what is done, what is lost, and what to mind. Pure.

use std::collections::BTreeSet;

use super::phrase::{Phrase, list, told};
use crate::{
    catalog::{
        QualifiedName,
        model::{Column, Object},
    },
    diff::{Change, ColumnAspect, Commented},
};

/// What is done, in sentences that name it; what comes with a table is not told beside it.
pub(super) fn deeds(changes: &[Change]) -> Vec<String> {
    let new = new_tables(changes);
    told(changes.iter().filter_map(|change| deed(change, &new)))
}

fn new_tables(changes: &[Change]) -> BTreeSet<&QualifiedName> {
    let tables = changes.iter().filter_map(|change| match change {
        Change::CreateTable { name, .. } => Some(name),
        _ => None,
    });
    tables.collect()
}

fn deed(change: &Change, new: &BTreeSet<&QualifiedName>) -> Option<Phrase> {
    if is_of_new_table(change, new) {
        return None;
    }
    let deed = match change {
        Change::AddColumn { table, column } => {
            return Some(of_column("Adds ", &column.name, format!(" to {}.", named(table))));
        }
        Change::DropColumn { table, column } => {
            return Some(of_column("Drops ", &column.name, format!(" of {}.", named(table))));
        }
        Change::AlterColumn { table, from, to, aspect } => {
            return Some(altered(table, from, to, *aspect));
        }
        Change::CreateTable { name, .. } => format!("Creates the table {}", named(name)),
        Change::DropTable { name, .. } => format!("Drops the table {}", named(name)),
        Change::RenameTable { from, to } => {
            format!("Renames the table {} to {}", named(from), named(to))
        }
        Change::RenameColumn { table, from, to } => {
            format!("Renames {} of {} to {}", code(from), named(table), code(to))
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
            format!("Makes {} anew", list(&names))
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
        other => match verb(other) {
            Some(verb) => format!("{verb} the {}", object(other)),
            None => format!("Alters the {}", object(other)),
        },
    };
    Some(Phrase::whole(deed + "."))
}

fn is_of_new_table(change: &Change, new: &BTreeSet<&QualifiedName>) -> bool {
    match change {
        Change::CreateIndex { table, .. } => new.contains(table),
        Change::AddConstraint { of, .. } => new.contains(of.name()),
        Change::CreateSequence { sequence, .. } => {
            sequence.owner.as_ref().is_some_and(|owner| new.contains(&owner.table))
        }
        Change::SetComment { on: Commented::Object(Object::Table(table)), .. } => {
            new.contains(table)
        }
        _ => false,
    }
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

/// What is done to a column.
fn altered(table: &QualifiedName, from: &Column, to: &Column, aspect: ColumnAspect) -> Phrase {
    let table = named(table);
    let plainly = |before: &str| of_column(before, &to.name, format!(" of {table}."));
    match aspect {
        ColumnAspect::Type => {
            let (from, new) = (code(&from.data_type), code(&to.data_type));
            of_column("Changes ", &to.name, format!(" of {table} from {from} to {new}."))
        }
        ColumnAspect::NotNull if to.is_not_null => plainly("Requires "),
        ColumnAspect::NotNull => of_column("Lets ", &to.name, format!(" of {table} be null.")),
        ColumnAspect::Value if to.value.is_none() => plainly("Takes the default of "),
        ColumnAspect::Value if from.value.is_none() => {
            of_column("Gives ", &to.name, format!(" of {table} a default."))
        }
        ColumnAspect::Value => plainly("Changes the default of "),
        ColumnAspect::Settings => plainly("Changes the storage of "),
    }
}

fn of_column(before: &str, column: &str, after: String) -> Phrase {
    Phrase::of(before, code(column), after)
}

/// What is lost, each in words that name it.
pub(super) fn losses(changes: &[Change]) -> Vec<String> {
    let lost = changes.iter().filter(|change| change.is_destructive());
    told(lost.filter_map(|change| match change {
        Change::DropTable { name, .. } => Some(Phrase::of("the rows of ", named(name), "")),
        Change::DropColumn { table, column } => {
            let after = ["holds", "hold"].map(|verb| format!(" of {} {verb}", named(table)));
            Some(Phrase::counted("what ", code(&column.name), after))
        }
        Change::AlterColumn { table, to, .. } => {
            let after = ["its new type", "their new types"];
            let after = after.map(|new| format!(" of {} held beyond {new}", named(table)));
            Some(Phrase::counted("what ", code(&to.name), after))
        }
        // It fails where a row still has the label.
        Change::RebuildTypes { .. } | Change::DropSequence { .. } => None,
        other => Some(Phrase::whole(format!("what the {} holds", object(other)))),
    }))
}

/// Whether the way back brings everything back.
pub(super) fn reversal(up: &[String], down: &[String]) -> String {
    match (up, down) {
        ([], []) => "Reversible: neither way loses data.".to_owned(),
        ([], down) => format!("Reversible, at a price: `down` loses {}.", all(down)),
        (up, []) => format!("`up` loses {}; `down` does not bring that back.", all(up)),
        (up, down) => format!(
            "`up` loses {}, which `down` does not bring back; `down` loses {}.",
            all(up),
            all(down)
        ),
    }
}

/// A list of what may be lists itself.
fn all(losses: &[String]) -> String {
    match losses {
        [rest @ .., last] if rest.iter().chain([last]).any(|loss| loss.contains(" and ")) => {
            let rest = rest.iter().map(|loss| format!("{loss}, and "));
            format!("{}{last}", rest.collect::<String>())
        }
        losses => list(losses),
    }
}

/// What to mind on a busy or filled table.
pub(super) fn hazards(changes: &[Change]) -> Vec<String> {
    let new = new_tables(changes);
    told(changes.iter().filter_map(|change| hazard(change, &new)))
}

fn hazard(change: &Change, new: &BTreeSet<&QualifiedName>) -> Option<Phrase> {
    let is_old = |table: &QualifiedName| !new.contains(table);
    let rewrites =
        |table| Phrase::of("writes all of ", named(table), " anew, which nobody can use meanwhile");
    match change {
        Change::AddColumn { table, column }
            if is_old(table) && column.is_not_null && column.value.is_none() =>
        {
            let before = format!("fails if {} has rows, which have no ", named(table));
            Some(Phrase::of(before, code(&column.name), ""))
        }
        Change::AlterColumn { table, to, aspect: ColumnAspect::NotNull, .. }
            if is_old(table) && to.is_not_null =>
        {
            let after = ["is", "are"].map(|verb| format!(" of {} {verb} null", named(table)));
            Some(Phrase::counted("fails where ", code(&to.name), after))
        }
        Change::AlterColumn { table, .. } | Change::AddColumn { table, .. }
            if is_old(table) && change.is_rewrite() =>
        {
            Some(rewrites(table))
        }
        Change::RebuildTypes { columns, .. } if !columns.is_empty() => {
            let mut tables: Vec<String> =
                columns.iter().map(|column| named(&column.table)).collect();
            tables.dedup();
            Some(Phrase { thing: Some(list(&tables)), ..rewrites(&columns[0].table) })
        }
        Change::CreateIndex { table, index, .. } if is_old(table) => {
            let unique = if index.is_unique { "fails on duplicates and " } else { "" };
            let before = format!("{unique}keeps everybody from writing ");
            Some(Phrase::of(before, named(table), " for a while"))
        }
        Change::AddConstraint { of, .. } if is_old(of.name()) => {
            let after = " and fails on a row that breaks it";
            Some(Phrase::of("reads all of ", named(of.name()), after))
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
