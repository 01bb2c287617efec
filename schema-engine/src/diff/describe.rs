//! A change as a sentence about the first catalog, of which the second is what was expected. Pure.

use std::collections::BTreeMap;

use super::{
    AttributeAction, Change, ColumnAspect, DomainAspect, LabelPlace, TableAspect, TypeDefinition,
};
use crate::catalog::{
    identifier::{literal, quote},
    model::{
        Attribute, Column, ColumnValue, Composite, Domain, Enum, ReplicaIdentity, Routine, View,
    },
};

impl Change {
    /// Says in one line what differs, such as `index public.notes_at_idx is missing`.
    pub fn describe(&self) -> String {
        let object = self.object();
        match self {
            Self::CreateNamespace { .. }
            | Self::CreateExtension { .. }
            | Self::CreateType { .. }
            | Self::CreateSequence { .. }
            | Self::CreateTable { .. }
            | Self::AddColumn { .. }
            | Self::AddConstraint { .. }
            | Self::CreateIndex { .. }
            | Self::CreateView { .. }
            | Self::CreateRoutine { .. }
            | Self::CreateTrigger { .. }
            | Self::AlterComposite { action: AttributeAction::Add(_), .. } => {
                format!("{object} is missing")
            }
            Self::CreateOther { other, .. } => match other.definition {
                Some(_) => format!("{object} is missing"),
                None => format!("{object} is missing, and only its maker knows its definition"),
            },
            Self::DropNamespace { .. }
            | Self::DropExtension { .. }
            | Self::DropType { .. }
            | Self::DropSequence { .. }
            | Self::DropTable { .. }
            | Self::DropColumn { .. }
            | Self::DropConstraint { .. }
            | Self::DropIndex { .. }
            | Self::DropView { .. }
            | Self::DropRoutine { .. }
            | Self::DropTrigger { .. }
            | Self::DropOther { .. }
            | Self::AlterComposite { action: AttributeAction::Drop(_), .. } => {
                format!("{object} is not expected")
            }
            Self::Suspend { .. } => format!("{object} makes way for a change beneath it"),
            Self::Restore { drop, create } => match difference(drop, create) {
                Some(difference) => format!("{object} {difference}"),
                None => format!("{object} comes back"),
            },
            Self::Replace { drop, create } => {
                let difference = difference(drop, create);
                format!("{object} {}", difference.unwrap_or_else(|| "is made anew".to_owned()))
            }
            _ => format!("{object} {}", self.alteration()),
        }
    }

    /// Whether it brings back as it was what made way for another change.
    pub fn is_return(&self) -> bool {
        matches!(self, Self::Restore { drop, create } if difference(drop, create).is_none())
    }

    /// What follows the object where it is altered.
    fn alteration(&self) -> String {
        match self {
            Self::MoveExtension { from, to, .. } => {
                has("the namespace", Some(&quote(from)), Some(&quote(to)))
            }
            Self::AddEnumLabel { label, place, .. } => {
                let place = match place {
                    LabelPlace::Before(next) => format!("before {}", literal(next)),
                    LabelPlace::Last => "at its end".to_owned(),
                };
                format!("lacks the label {} {place}", literal(label))
            }
            Self::AlterDomain { from, to, aspect, .. } => match aspect {
                DomainAspect::Default => {
                    has("the default", from.default.as_ref(), to.default.as_ref())
                }
                DomainAspect::NotNull => nullability(to.is_not_null),
            },
            Self::AlterComposite { action: AttributeAction::Retype { from, to }, .. } => {
                has("the type", Some(&from.definition()), Some(&to.definition()))
            }
            Self::DropReplacedTypes { .. } => "makes way for what replaced it".to_owned(),
            Self::RebuildTypes { types, .. } | Self::ReplaceTypes { types, .. } => types
                .iter()
                .find(|found| found.from != found.to)
                .map(|found| of_type(&found.from, &found.to))
                .unwrap_or_default(),
            Self::AlterSequence { from, to, .. } => {
                let say = |sequence: &crate::catalog::model::Sequence| {
                    let unlogged = if sequence.is_unlogged { "UNLOGGED " } else { "" };
                    let said = format!("{unlogged}{}", sequence.options.definition());
                    let said = said.trim().to_owned();
                    (!said.is_empty()).then_some(said)
                };
                has("the options", say(from).as_ref(), say(to).as_ref())
            }
            Self::SetSequenceOwner { from, to, .. } => {
                let say = |owner: &Option<crate::catalog::model::ColumnName>| {
                    owner.as_ref().map(|owner| format!("{}.{}", owner.table, quote(&owner.column)))
                };
                has("the owner", say(from).as_ref(), say(to).as_ref())
            }
            Self::AlterTable { aspect, .. } => of_table(aspect),
            Self::AttachPartition { partition, .. } => {
                format!("is not the partition {} of {}", partition.bound, partition.of)
            }
            Self::DetachPartition { partition, .. } => {
                format!("is the partition {} of {}, not as expected", partition.bound, partition.of)
            }
            Self::AlterColumn { from, to, aspect, .. } => of_column(from, to, *aspect),
            Self::RenameIndex { to, .. }
            | Self::RenameConstraint { to, .. }
            | Self::RenameColumn { to, .. } => format!("is expected to be called {}", quote(to)),
            Self::RenameTable { to, .. } => format!("is expected to be called {to}"),
            Self::RenameEnumLabel { from, to, .. } => {
                format!("has the label {}, expected {}", literal(from), literal(to))
            }
            Self::Reindex { .. } => "is invalid".to_owned(),
            Self::ValidateConstraint { .. } => "is not validated".to_owned(),
            Self::SetIndexOptions { from, index, .. } => {
                let (from, to) = (pairs(&from.options), pairs(&index.options));
                has("the options", from.as_ref(), to.as_ref())
            }
            Self::SetViewOptions { from, to, .. } => {
                has("the options", pairs(&from.options).as_ref(), pairs(&to.options).as_ref())
            }
            Self::ReplaceView { from, to, .. } => of_view(from, to),
            Self::ReplaceRoutine { from, to, .. } => of_routine(from, to),
            Self::SetFiring { from, to, .. } => {
                format!("has the state {}, expected {}", from.sql(), to.sql())
            }
            Self::SetComment { from, to, .. } => {
                let say = |comment: &Option<String>| comment.as_deref().map(literal);
                has("the comment", say(from).as_ref(), say(to).as_ref())
            }
            _ => "differs".to_owned(),
        }
    }
}

/// What differs between what is dropped and what is created, if anything does.
fn difference(drop: &Change, create: &Change) -> Option<String> {
    let (from, to) = match (drop, create) {
        (Change::AlterColumn { from, .. }, Change::AlterColumn { to, .. }) => {
            return (from.value != to.value).then(|| of_column(from, to, ColumnAspect::Value));
        }
        (Change::DropColumn { column: from, .. }, Change::AddColumn { column: to, .. }) => {
            (from.definition(), to.definition())
        }
        (
            Change::DropConstraint { constraint: from, index: old, .. },
            Change::AddConstraint { constraint: to, index: new, .. },
        ) => (from.definition(old.as_ref()), to.definition(new.as_ref())),
        (Change::DropIndex { table, name, index: from }, Change::CreateIndex { index: to, .. }) => {
            (from.definition(table, name), to.definition(table, name))
        }
        (Change::DropView { view: from, .. }, Change::CreateView { view: to, .. }) => {
            return (from != to).then(|| of_view(from, to));
        }
        (Change::DropTable { table: from, .. }, Change::CreateTable { table: to, .. }) => {
            let (old, new) = (from.partition_key.as_ref(), to.partition_key.as_ref());
            return (old != new).then(|| has("the partition key", old, new));
        }
        (Change::DropRoutine { routine: from, .. }, Change::CreateRoutine { routine: to, .. }) => {
            return (from != to).then(|| of_routine(from, to));
        }
        (Change::DropTrigger { trigger: from, .. }, Change::CreateTrigger { trigger: to, .. }) => {
            (from.definition.clone(), to.definition.clone())
        }
        (Change::DropOther { other: from, .. }, Change::CreateOther { other: to, .. }) => {
            (from.definition.clone()?, to.definition.clone()?)
        }
        _ => return None,
    };
    (from != to).then(|| has("the definition", Some(&line(&from)), Some(&line(&to))))
}

fn of_type(from: &TypeDefinition, to: &TypeDefinition) -> String {
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

fn of_table(aspect: &TableAspect) -> String {
    let names = |names: &[crate::catalog::QualifiedName]| {
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

fn of_column(from: &Column, to: &Column, aspect: ColumnAspect) -> String {
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

fn nullability(is_not_null: bool) -> String {
    let text =
        if is_not_null { "can be null, and should not" } else { "cannot be null, and should" };
    text.to_owned()
}

fn of_view(from: &View, to: &View) -> String {
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

fn of_routine(from: &Routine, to: &Routine) -> String {
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

fn has(
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

fn pairs(options: &BTreeMap<String, String>) -> Option<String> {
    let pairs: Vec<_> = options.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!pairs.is_empty()).then(|| pairs.join(", "))
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
