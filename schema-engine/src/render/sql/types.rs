//! The SQL of types. Pure.

use super::{columns, comment_if_any, tables};
use crate::{
    catalog::{
        QualifiedName,
        identifier::{literal, quote},
        model::{Domain, Object},
    },
    diff::{
        AttributeAction, Change, Commented, Constrained, DomainAspect, LabelPlace, RebuiltType,
        RetypedColumn, TypeDefinition,
    },
};

pub(super) fn statements(change: &Change) -> Vec<String> {
    match change {
        Change::CreateType { name, definition } => create(name, definition),
        Change::DropType { name, definition } => vec![drop(name, definition)],
        Change::AddEnumLabel { name, label, place } => {
            let place = match place {
                LabelPlace::Before(next) => format!(" BEFORE {}", literal(next)),
                LabelPlace::Last => String::new(),
            };
            vec![format!("ALTER TYPE {name} ADD VALUE {}{place}", literal(label))]
        }
        Change::RenameEnumLabel { name, from, to } => {
            let (from, to) = (literal(from), literal(to));
            vec![format!("ALTER TYPE {name} RENAME VALUE {from} TO {to}")]
        }
        Change::AlterDomain { name, to, aspect, .. } => vec![alter_domain(name, to, *aspect)],
        Change::AlterComposite { name, action } => alter_composite(name, action),
        Change::RebuildTypes { types, columns } => {
            [replace(types, columns), drop_replaced(types)].concat()
        }
        Change::ReplaceTypes { types, columns } => replace(types, columns),
        Change::DropReplacedTypes { types } => drop_replaced(types),
        _ => Vec::new(),
    }
}

fn create(name: &QualifiedName, definition: &TypeDefinition) -> Vec<String> {
    let mut statements = vec![definition.definition(name)];
    let on = Commented::Object(Object::Type(name.clone()));
    statements.extend(comment_if_any(&on, definition.comment()));
    match definition {
        TypeDefinition::Enum(_) => {}
        TypeDefinition::Domain(domain) => {
            let of = Constrained::Domain(name.clone());
            for (key, constraint) in &domain.constraints {
                let clause = tables::clause(key, constraint, None);
                statements.push(format!("ALTER DOMAIN {name} ADD {clause}"));
                statements.extend(tables::constraint_comments(&of, key, constraint, None));
            }
        }
        TypeDefinition::Composite(composite) => {
            for attribute in &composite.attributes {
                let object = Object::Column { of: name.clone(), name: attribute.name.clone() };
                let on = Commented::Object(object);
                statements.extend(comment_if_any(&on, attribute.comment.as_ref()));
            }
        }
    }
    statements
}

fn drop(name: &QualifiedName, definition: &TypeDefinition) -> String {
    match definition {
        TypeDefinition::Domain(_) => format!("DROP DOMAIN {name}"),
        _ => format!("DROP TYPE {name}"),
    }
}

fn alter_domain(name: &QualifiedName, to: &Domain, aspect: DomainAspect) -> String {
    let action = match (aspect, &to.default) {
        (DomainAspect::Default, Some(default)) => format!("SET DEFAULT {default}"),
        (DomainAspect::Default, None) => "DROP DEFAULT".to_owned(),
        (DomainAspect::NotNull, _) if to.is_not_null => "SET NOT NULL".to_owned(),
        (DomainAspect::NotNull, _) => "DROP NOT NULL".to_owned(),
    };
    format!("ALTER DOMAIN {name} {action}")
}

fn alter_composite(name: &QualifiedName, action: &AttributeAction) -> Vec<String> {
    match action {
        AttributeAction::Add(attribute) => {
            let object = Object::Column { of: name.clone(), name: attribute.name.clone() };
            let on = Commented::Object(object);
            let mut statements =
                vec![format!("ALTER TYPE {name} ADD ATTRIBUTE {}", attribute.definition())];
            statements.extend(comment_if_any(&on, attribute.comment.as_ref()));
            statements
        }
        AttributeAction::Drop(attribute) => {
            vec![format!("ALTER TYPE {name} DROP ATTRIBUTE {}", quote(&attribute.name))]
        }
        AttributeAction::Retype { to, .. } => {
            let collation = to.collation.as_ref().map(|name| format!(" COLLATE {name}"));
            vec![format!(
                "ALTER TYPE {name} ALTER ATTRIBUTE {} TYPE {}{}",
                quote(&to.name),
                to.data_type,
                collation.unwrap_or_default()
            )]
        }
    }
}

/// Sets the old types aside, makes the new ones and moves the columns over.
fn replace(types: &[RebuiltType], columns: &[RetypedColumn]) -> Vec<String> {
    let mut statements = Vec::new();
    for found in types {
        let kind = match found.from {
            TypeDefinition::Domain(_) => "DOMAIN",
            _ => "TYPE",
        };
        let aside = quote(&aside(&found.name).name).into_owned();
        statements.push(format!("ALTER {kind} {} RENAME TO {aside}", found.name));
    }
    for found in types {
        statements.extend(create(&found.name, &found.to));
    }
    statements.extend(columns.iter().flat_map(columns::rebuild));
    statements
}

/// Drops the types that were set aside, all at once where they may stand on each other.
fn drop_replaced(types: &[RebuiltType]) -> Vec<String> {
    match types {
        [found] => vec![drop(&aside(&found.name), &found.from)],
        types => {
            let names: Vec<_> = types.iter().map(|found| aside(&found.name).to_string()).collect();
            vec![format!("DROP TYPE {}", names.join(", "))]
        }
    }
}

/// The name that an old type has while the new one takes its place; the server cuts names at 63
/// bytes.
fn aside(name: &QualifiedName) -> QualifiedName {
    let mut stem = name.name.clone();
    while stem.len() > 58 {
        stem.pop();
    }
    QualifiedName::new(name.namespace.as_str(), format!("{stem}__old"))
}
