//! What a change is about. Pure.

use super::{AttributeAction, Change, Commented, Constrained};
use crate::catalog::{QualifiedName, identifier::quote, model::Object};

impl Change {
    /// Names the object that changes, such as `column public.users.email`.
    pub fn object(&self) -> String {
        match self {
            Self::CreateNamespace { name, .. } | Self::DropNamespace { name, .. } => {
                format!("namespace {}", quote(name))
            }
            Self::CreateExtension { name, .. }
            | Self::DropExtension { name, .. }
            | Self::MoveExtension { name, .. } => Object::Extension(name.clone()).to_string(),
            Self::CreateType { name, .. }
            | Self::DropType { name, .. }
            | Self::AddEnumLabel { name, .. }
            | Self::RenameEnumLabel { name, .. }
            | Self::AlterDomain { name, .. } => Object::Type(name.clone()).to_string(),
            Self::AlterComposite { name, action } => {
                let (AttributeAction::Add(attribute)
                | AttributeAction::Drop(attribute)
                | AttributeAction::Retype { to: attribute, .. }) = action;
                part("column", name, &attribute.name)
            }
            Self::RebuildTypes { types, .. }
            | Self::ReplaceTypes { types, .. }
            | Self::DropReplacedTypes { types } => {
                let is_other = types.iter().any(|found| found.from != found.to);
                let causes = types.iter().filter(|found| !is_other || found.from != found.to);
                let names: Vec<_> = causes.map(|found| found.name.to_string()).collect();
                format!("type {}", names.join(", "))
            }
            Self::CreateSequence { name, .. }
            | Self::DropSequence { name, .. }
            | Self::AlterSequence { name, .. }
            | Self::SetSequenceOwner { name, .. } => Object::Sequence(name.clone()).to_string(),
            Self::CreateTable { name, .. }
            | Self::DropTable { name, .. }
            | Self::RenameTable { from: name, .. }
            | Self::AlterTable { name, .. }
            | Self::AttachPartition { name, .. }
            | Self::DetachPartition { name, .. } => Object::Table(name.clone()).to_string(),
            Self::AddColumn { table, column }
            | Self::DropColumn { table, column }
            | Self::AlterColumn { table, to: column, .. } => part("column", table, &column.name),
            Self::RenameColumn { table, from, .. } => part("column", table, from),
            Self::AddConstraint { of, name, .. }
            | Self::DropConstraint { of, name, .. }
            | Self::ValidateConstraint { of, name } => of_constraint(of, name),
            Self::CreateIndex { table, name, .. }
            | Self::DropIndex { table, name, .. }
            | Self::RenameIndex { table, from: name, .. }
            | Self::Reindex { table, name }
            | Self::SetIndexOptions { table, name, .. } => part("index", table, name),
            Self::RenameConstraint { table, from, .. } => part("constraint", table, from),
            Self::CreateView { name, .. }
            | Self::DropView { name, .. }
            | Self::ReplaceView { name, .. }
            | Self::SetViewOptions { name, .. } => Object::View(name.clone()).to_string(),
            Self::CreateRoutine { signature, .. }
            | Self::DropRoutine { signature, .. }
            | Self::ReplaceRoutine { signature, .. } => {
                Object::Routine(signature.clone()).to_string()
            }
            Self::CreateTrigger { of, name, .. }
            | Self::DropTrigger { of, name, .. }
            | Self::SetFiring { of, name, .. } => part("trigger", of, name),
            Self::CreateOther { name, .. } | Self::DropOther { name, .. } => name.clone(),
            Self::SetComment { on, .. } => on.object(),
            Self::Replace { create, .. } | Self::Restore { create, .. } => create.object(),
            Self::Suspend { drop } => drop.object(),
        }
    }
}

impl Commented {
    /// Names the object that the comment is on.
    pub fn object(&self) -> String {
        match self {
            Self::Namespace(name) => format!("namespace {}", quote(name)),
            Self::MaterializedView(name) => Object::View(name.clone()).to_string(),
            Self::DomainConstraint { of, name } => part("constraint", of, name),
            Self::Object(object) => object.to_string(),
        }
    }
}

fn of_constraint(of: &Constrained, name: &str) -> String {
    part("constraint", of.name(), name)
}

fn part(kind: &str, of: &QualifiedName, name: &str) -> String {
    format!("{kind} {of}.{}", quote(name))
}
