//! Changes that one call of a builder makes. Pure.

use super::{
    indexes,
    layout::Chain,
    steps::Step,
    text::{self, name, string, strings},
};
use crate::{
    catalog::model::ConstraintKind,
    diff::{Change, Constrained, LabelPlace, TypeDefinition},
};

/// A change as a builder says it, if it can.
pub(super) fn built(change: &Change) -> Option<Step> {
    match change {
        Change::DropTable { name: of, .. } => {
            let argument = Chain::of("Table::drop()").call("table", name(of)?);
            Some(build("drop_table", &of.name, argument.call("to_owned", "")))
        }
        Change::RenameTable { from, to } => {
            let names = format!("{}, {}", name(from)?, name(to)?);
            let argument = Chain::of("Table::rename()").call("table", names);
            Some(build("rename_table", &to.name, argument.call("to_owned", "")))
        }
        Change::RenameColumn { table, from, to } => {
            let argument = Chain::of("Table::alter()")
                .call("table", name(table)?)
                .call("rename_column", format!("{}, {}", string(from), string(to)));
            Some(build("alter_table", &table.name, argument.call("to_owned", "")))
        }
        Change::CreateIndex { table, name: key, index } => {
            Some(build("create_index", key, indexes::create(table, key, index)?))
        }
        Change::DropIndex { table, name: key, .. } if table.namespace == "public" => {
            let argument = Chain::of("Index::drop()").call("name", string(key));
            Some(build("drop_index", key, argument.call("to_owned", "")))
        }
        Change::AddConstraint { of: Constrained::Table(table), name: key, constraint, .. } => {
            let ConstraintKind::ForeignKey(foreign) = &constraint.kind else { return None };
            let argument = indexes::foreign_key(table, key, foreign)
                .filter(|_| constraint.comment.is_none())?;
            Some(build("create_foreign_key", key, argument.call("to_owned", "")))
        }
        Change::DropConstraint { of: Constrained::Table(table), name: key, .. } => {
            let argument = Chain::of("Table::alter()")
                .call("table", name(table)?)
                .call("drop_constraint", string(key));
            Some(build("alter_table", &table.name, argument.call("to_owned", "")))
        }
        _ => of_type(change),
    }
}

fn of_type(change: &Change) -> Option<Step> {
    match change {
        Change::CreateType { name: of, definition: TypeDefinition::Enum(found) } => {
            let argument = Chain::of("Type::create()")
                .call("as_enum", name(of).filter(|_| found.comment.is_none())?)
                .call("values", strings(&found.labels));
            Some(build("create_type", &of.name, argument.call("to_owned", "")))
        }
        Change::DropType { name: of, definition: TypeDefinition::Enum(_) } => {
            let argument = Chain::of("Type::drop()").call("name", name(of)?);
            Some(build("drop_type", &of.name, argument.call("to_owned", "")))
        }
        Change::AddEnumLabel { name: of, label, place } => {
            let argument =
                Chain::of("Type::alter()").call("name", name(of)?).call("add_value", string(label));
            let argument = match place {
                LabelPlace::Before(next) => argument.call("before", string(next)),
                LabelPlace::Last => argument,
            };
            Some(build("alter_type", &of.name, argument))
        }
        Change::RenameEnumLabel { name: of, from, to } => {
            let argument = Chain::of("Type::alter()")
                .call("name", name(of)?)
                .call("rename_value", format!("{}, {}", string(from), string(to)));
            Some(build("alter_type", &of.name, argument))
        }
        _ => None,
    }
}

/// A step whose argument is called like a thing.
pub(super) fn build(method: &'static str, thing: &str, argument: Chain) -> Step {
    Step::Build { method, variable: text::variable(thing), argument }
}
