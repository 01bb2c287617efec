//! A change as a sentence about the first catalog, of which the second is what was expected. Pure.

mod difference;

use self::difference::{
    has, line, nullability, of_column, of_routine, of_table, of_type, of_view, pairs,
};
use super::{AttributeAction, Change, ColumnAspect, DomainAspect, LabelPlace};
use crate::catalog::identifier::{literal, quote};

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
