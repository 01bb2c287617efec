//! What two values of one kind of object differ by, in words. Pure.

use std::collections::BTreeMap;

use super::super::{ColumnAspect, TableAspect, TypeDefinition};
use crate::catalog::{
    QualifiedName,
    identifier::{literal, quote},
    model::{
        Attribute, Column, ColumnValue, Composite, Domain, Enum, ReplicaIdentity, Routine, View,
    },
};

pub(super) fn of_type(from: &TypeDefinition, to: &TypeDefinition) -> String {
    match (from, to) {
        (TypeDefinition::Enum(from), TypeDefinition::Enum(to)) => {
            let say = |found: &Enum| {
                let labels: Vec<_> = found.labels.iter().map(|label| literal(label)).collect();
                labels.join(", ")
            };
            has("the labels", Some(&say(from)), Some(&say(to)))
        }
        (TypeDefinition::Domain(from), TypeDefinition::Domain(to)) => {
            let say = |domain: &Domain| match &domain.collation {
                Some(collation) => format!("{} COLLATE {collation}", domain.data_type),
                None => domain.data_type.clone(),
            };
            if say(from) == say(to) {
                return "takes other values than expected".to_owned();
            }
            has("the type", Some(&say(from)), Some(&say(to)))
        }
        (TypeDefinition::Composite(from), TypeDefinition::Composite(to)) => {
            let say = |composite: &Composite| {
                let attributes = composite.attributes.iter().map(Attribute::definition);
                attributes.collect::<Vec<_>>().join(", ")
            };
            has("the attributes", Some(&say(from)), Some(&say(to)))
        }
        (from, to) => has("the kind", Some(&kind(from).to_owned()), Some(&kind(to).to_owned())),
    }
}

fn kind(definition: &TypeDefinition) -> &'static str {
    match definition {
        TypeDefinition::Enum(_) => "enum",
        TypeDefinition::Domain(_) => "domain",
        TypeDefinition::Composite(_) => "composite",
    }
}

pub(super) fn of_table(aspect: &TableAspect) -> String {
    let names = |names: &[QualifiedName]| {
        let names: Vec<_> = names.iter().map(ToString::to_string).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let is = |is_so: bool, what: &str| format!("is {}{what}", if is_so { "not " } else { "" });
    match aspect {
        TableAspect::Options { from, to } => {
            has("the options", pairs(from).as_ref(), pairs(to).as_ref())
        }
        TableAspect::AccessMethod { from, to } => {
            has("the access method", from.as_ref(), to.as_ref())
        }
        TableAspect::Unlogged { to } => is(*to, "unlogged"),
        TableAspect::RowSecurity { to } => is(*to, "under row security"),
        TableAspect::ForcedRowSecurity { to } => is(*to, "under forced row security"),
        TableAspect::ReplicaIdentity { from, to } => {
            has("the replica identity", Some(&identity(from)), Some(&identity(to)))
        }
        TableAspect::Parents { from, to } => {
            has("the parents", names(from).as_ref(), names(to).as_ref())
        }
    }
}

fn identity(identity: &ReplicaIdentity) -> String {
    match identity {
        ReplicaIdentity::PrimaryKey => "DEFAULT".to_owned(),
        ReplicaIdentity::Index(name) => format!("INDEX {}", quote(name)),
        ReplicaIdentity::Full => "FULL".to_owned(),
        ReplicaIdentity::Nothing => "NOTHING".to_owned(),
    }
}

pub(super) fn of_column(from: &Column, to: &Column, aspect: ColumnAspect) -> String {
    match aspect {
        ColumnAspect::Type if from.data_type == to.data_type => {
            has("the collation", from.collation.as_ref(), to.collation.as_ref())
        }
        ColumnAspect::Type => {
            format!("has the type {}, expected {}", from.data_type, to.data_type)
        }
        ColumnAspect::NotNull => nullability(to.is_not_null),
        ColumnAspect::Value => {
            let default = |column: &Column| match &column.value {
                Some(ColumnValue::Default(expression)) => Some(expression.clone()),
                _ => None,
            };
            let is_other = |column: &Column| column.value.is_some() && default(column).is_none();
            if is_other(from) || is_other(to) {
                let say = |column: &Column| column.value.as_ref().map(ColumnValue::definition);
                return has("the value", say(from).as_ref(), say(to).as_ref());
            }
            has("the default", default(from).as_ref(), default(to).as_ref())
        }
        ColumnAspect::Settings => {
            let say = |column: &Column| {
                let compression =
                    column.compression.iter().map(|method| format!("SET COMPRESSION {method}"));
                let settings: Vec<_> = column.settings().into_iter().chain(compression).collect();
                (!settings.is_empty()).then(|| settings.join(", "))
            };
            has("the settings", say(from).as_ref(), say(to).as_ref())
        }
    }
}

pub(super) fn nullability(is_not_null: bool) -> String {
    let text =
        if is_not_null { "can be null, and should not" } else { "cannot be null, and should" };
    text.to_owned()
}

pub(super) fn of_view(from: &View, to: &View) -> String {
    if from.is_materialized != to.is_materialized {
        let say =
            |view: &View| if view.is_materialized { "materialized" } else { "plain" }.to_owned();
        return has("the kind", Some(&say(from)), Some(&say(to)));
    }
    let names = |view: &View| {
        let columns = view.columns.iter();
        columns
            .map(|column| format!("{} {}", quote(&column.name), column.data_type))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if names(from) != names(to) {
        return has("the columns", Some(&names(from)), Some(&names(to)));
    }
    if from.query != to.query {
        return has("the query", Some(&line(&from.query)), Some(&line(&to.query)));
    }
    "differs in its options or parts".to_owned()
}

pub(super) fn of_routine(from: &Routine, to: &Routine) -> String {
    if from.kind != to.kind {
        return format!("is a {:?}, expected a {:?}", from.kind, to.kind).to_lowercase();
    }
    if from.returns != to.returns {
        return has("the result", from.returns.as_ref(), to.returns.as_ref());
    }
    if from.arguments != to.arguments {
        return has("the arguments", Some(&from.arguments), Some(&to.arguments));
    }
    if from.body_digest != to.body_digest {
        return "has another body than expected".to_owned();
    }
    let head = |routine: &Routine| {
        let head = routine.definition.split("\nAS ").next().unwrap_or_default();
        line(head)
    };
    has("the definition", Some(&head(from)), Some(&head(to)))
}

pub(super) fn has(
    what: &str,
    from: Option<&(impl AsRef<str> + ?Sized)>,
    to: Option<&(impl AsRef<str> + ?Sized)>,
) -> String {
    let bare = what.strip_prefix("the ").unwrap_or(what);
    match (from, to) {
        (Some(from), Some(to)) => {
            format!("has {what} {}, expected {}", from.as_ref(), to.as_ref())
        }
        (Some(from), None) => format!("has {what} {}, expected none", from.as_ref()),
        (None, Some(to)) => format!("has no {bare}, expected {}", to.as_ref()),
        (None, None) => format!("has another {bare}"),
    }
}

pub(super) fn pairs(options: &BTreeMap<String, String>) -> Option<String> {
    let pairs: Vec<_> = options.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!pairs.is_empty()).then(|| pairs.join(", "))
}

pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
