//! A catalog as lines for people, one an object or part of one. Pure.

use std::collections::BTreeMap;

use super::{
    identifier::{QualifiedName, quote},
    model::{Catalog, Column, Constraint, Firing, Index, Object, ReplicaIdentity, Table, Trigger},
};

/// Lists all that `catalog` holds but for `public`, which every database has, and dependencies,
/// which what depends tells itself.
pub fn lines(catalog: &Catalog) -> Vec<String> {
    let mut listing = Listing::default();
    listing.schemas(catalog);
    listing.types(catalog);
    for (name, table) in &catalog.tables {
        listing.table(name, table);
    }
    for (name, view) in &catalog.views {
        listing.add(format!("view {}", view.definition(name)));
        listing.comment(&Object::View(name.clone()), view.comment.as_ref());
        listing.columns(name, &view.columns);
        listing.indexes(name, &view.indexes);
        listing.triggers(name, &view.triggers);
    }
    for (signature, routine) in &catalog.routines {
        listing.add(format!("routine {}", routine.definition));
        listing.comment(&Object::Routine(signature.clone()), routine.comment.as_ref());
    }
    for (name, other) in &catalog.others {
        let definition = other.definition.as_ref().map(|definition| format!(": {definition}"));
        listing.add(format!("{name}{}", definition.unwrap_or_default()));
        listing.comment(&Object::Other(name.clone()), other.comment.as_ref());
    }
    listing.lines
}

/// Gives the lines that only one of two listings has, marked `-` (only the first) and `+` (only the
/// second).
pub fn difference(first: &[String], second: &[String]) -> Vec<String> {
    let missing =
        first.iter().filter(|line| !second.contains(line)).map(|line| format!("- {line}"));
    let added = second.iter().filter(|line| !first.contains(line)).map(|line| format!("+ {line}"));
    missing.chain(added).collect()
}

#[derive(Default)]
struct Listing {
    lines: Vec<String>,
}

impl Listing {
    fn add(&mut self, line: String) {
        self.lines.push(line);
    }

    fn comment(&mut self, on: &Object, comment: Option<&String>) {
        if let Some(comment) = comment {
            self.add(format!("comment on {on}: {comment}"));
        }
    }

    fn schemas(&mut self, catalog: &Catalog) {
        for (name, namespace) in &catalog.namespaces {
            if name != "public" {
                self.add(format!("namespace {}", quote(name)));
            }
            if let Some(comment) = &namespace.comment {
                self.add(format!("comment on namespace {}: {comment}", quote(name)));
            }
        }
        for (name, extension) in &catalog.extensions {
            let namespace = quote(&extension.namespace);
            self.add(format!("extension {} in {namespace}", quote(name)));
            self.comment(&Object::Extension(name.clone()), extension.comment.as_ref());
        }
        for (name, sequence) in &catalog.sequences {
            let owner = sequence
                .owner
                .as_ref()
                .map(|owner| format!(" OWNED BY {}.{}", owner.table, quote(&owner.column)));
            let definition = sequence.definition(name);
            self.add(format!("sequence {definition}{}", owner.unwrap_or_default()));
            self.comment(&Object::Sequence(name.clone()), sequence.comment.as_ref());
        }
    }

    fn types(&mut self, catalog: &Catalog) {
        for (name, found) in &catalog.enums {
            self.add(format!("type {}", found.definition(name)));
            self.comment(&Object::Type(name.clone()), found.comment.as_ref());
        }
        for (name, domain) in &catalog.domains {
            self.add(format!("type {}", domain.definition(name)));
            self.comment(&Object::Type(name.clone()), domain.comment.as_ref());
            self.constraints(name, &domain.constraints, &BTreeMap::new());
        }
        for (name, composite) in &catalog.composites {
            self.add(format!("type {}", composite.definition(name)));
            self.comment(&Object::Type(name.clone()), composite.comment.as_ref());
            for attribute in &composite.attributes {
                let object = Object::Column { of: name.clone(), name: attribute.name.clone() };
                self.comment(&object, attribute.comment.as_ref());
            }
        }
    }

    fn table(&mut self, name: &QualifiedName, table: &Table) {
        self.add(format!("table {name}{}", properties(table)));
        self.comment(&Object::Table(name.clone()), table.comment.as_ref());
        self.columns(name, &table.columns);
        self.constraints(name, &table.constraints, &table.indexes);
        self.indexes(name, &table.indexes);
        self.triggers(name, &table.triggers);
    }

    fn columns(&mut self, of: &QualifiedName, columns: &[Column]) {
        for (place, column) in columns.iter().enumerate() {
            let inherited = if column.is_inherited { " (inherited)" } else { "" };
            let place = place + 1;
            self.add(format!("column {of} {place} {}{inherited}", column.definition()));
            let object = Object::Column { of: of.clone(), name: column.name.clone() };
            for setting in column.settings() {
                self.add(format!("setting of {object}: {setting}"));
            }
            self.comment(&object, column.comment.as_ref());
        }
    }

    fn constraints(
        &mut self,
        of: &QualifiedName,
        constraints: &BTreeMap<String, Constraint>,
        indexes: &BTreeMap<String, Index>,
    ) {
        for (name, constraint) in constraints {
            let index = indexes.get(name);
            let inherited = if constraint.is_inherited { " (inherited)" } else { "" };
            let invalid = index.is_some_and(|index| index.is_invalid);
            let invalid = if invalid { " INVALID" } else { "" };
            let definition = constraint.definition(index);
            self.add(format!("constraint {of}.{} {definition}{inherited}{invalid}", quote(name)));
            let object = Object::Constraint { of: of.clone(), name: name.clone() };
            self.comment(&object, constraint.comment.as_ref());
        }
    }

    fn indexes(&mut self, of: &QualifiedName, indexes: &BTreeMap<String, Index>) {
        for (name, index) in indexes {
            // What backs a constraint is told with it, but can have a comment of its own.
            if index.constraint.is_none() {
                let parent = index.parent.as_ref().map(|parent| format!(" (part of {parent})"));
                let invalid = if index.is_invalid { " INVALID" } else { "" };
                let definition = index.definition(of, name);
                self.add(format!("index {definition}{}{invalid}", parent.unwrap_or_default()));
            }
            let object = Object::Index { of: of.clone(), name: name.clone() };
            self.comment(&object, index.comment.as_ref());
        }
    }

    fn triggers(&mut self, of: &QualifiedName, triggers: &BTreeMap<String, Trigger>) {
        for (name, trigger) in triggers {
            let firing = match trigger.firing {
                Firing::Enabled => String::new(),
                other => format!(" {}", other.sql()),
            };
            self.add(format!("trigger {}{firing}", trigger.definition));
            let object = Object::Trigger { of: of.clone(), name: name.clone() };
            self.comment(&object, trigger.comment.as_ref());
        }
    }
}

/// What a table is beside its columns, constraints, indexes and triggers.
fn properties(table: &Table) -> String {
    let mut words = vec![String::new()];
    if table.is_unlogged {
        words.push("UNLOGGED".to_owned());
    }
    if let Some(partition) = &table.partition {
        words.push(format!("PARTITION OF {} {}", partition.of, partition.bound));
    }
    if let Some(key) = &table.partition_key {
        words.push(format!("PARTITION BY {key}"));
    }
    if !table.parents.is_empty() {
        let parents: Vec<_> = table.parents.iter().map(QualifiedName::to_string).collect();
        words.push(format!("INHERITS ({})", parents.join(", ")));
    }
    if let Some(method) = &table.access_method {
        words.push(format!("USING {}", quote(method)));
    }
    words.extend(table.options.iter().map(|(name, value)| format!("{name}={value}")));
    if table.has_row_security {
        words.push("ROW LEVEL SECURITY".to_owned());
    }
    if table.is_row_security_forced {
        words.push("FORCED".to_owned());
    }
    match &table.replica_identity {
        ReplicaIdentity::PrimaryKey => {}
        ReplicaIdentity::Index(name) => words.push(format!("REPLICA IDENTITY {}", quote(name))),
        ReplicaIdentity::Full => words.push("REPLICA IDENTITY FULL".to_owned()),
        ReplicaIdentity::Nothing => words.push("REPLICA IDENTITY NOTHING".to_owned()),
    }
    words.join(" ")
}
