//! Constraints of tables and domains. Pure.

use std::collections::HashMap;

use super::{Assembly, unknown};
use crate::catalog::{
    identifier::QualifiedName,
    inspect::InspectError,
    model::{
        Action, Check, Constraint, ConstraintKind, Deferral, Exclusion, ForeignKey, Key, Object,
        Validity,
    },
    normalize,
    registry::{PG_CLASS, PG_CONSTRAINT, PG_TYPE, Registry},
    rows::ConstraintRow,
};

/// The names of the constraints that indexes are the machinery of, by the object ids of the indexes.
pub(super) type Backed = HashMap<i64, String>;

impl Assembly {
    pub(super) fn add_constraints(
        &mut self,
        rows: Vec<ConstraintRow>,
    ) -> Result<Backed, InspectError> {
        let mut backed = Backed::new();
        for mut row in rows {
            let (name, comment) = (std::mem::take(&mut row.name), row.comment.take());
            let Some(of) = self.owner(&row) else { continue };
            let object = Object::Constraint { of: of.clone(), name: name.clone() };
            if matches!(row.kind.as_str(), "p" | "u" | "x") {
                backed.insert(row.index, name.clone());
                self.registry.note(PG_CLASS, row.index, object.clone());
            }
            self.registry.note(PG_CONSTRAINT, row.oid, object);
            let (relation, is_inherited) = (row.relation, row.is_inherited);
            let kind = kind(row, &self.registry)?;
            let constraint = Constraint { kind, is_inherited, comment };
            if let Some((_, table)) = self.tables.get_mut(&relation) {
                table.constraints.insert(name, constraint);
            } else if let Some(domain) = self.catalog.domains.get_mut(&of) {
                domain.constraints.insert(name, constraint);
            }
        }
        Ok(backed)
    }

    /// The table or domain that a constraint is on, unless it is left out.
    fn owner(&self, row: &ConstraintRow) -> Option<QualifiedName> {
        match self.tables.get(&row.relation) {
            Some((table, _)) => Some(table.clone()),
            None => match self.registry.object(PG_TYPE, row.domain, 0)? {
                Object::Type(domain) => Some(domain),
                _ => None,
            },
        }
    }
}

fn kind(row: ConstraintRow, registry: &Registry) -> Result<ConstraintKind, InspectError> {
    let expression = normalize::expression(row.expression.as_deref().unwrap_or_default());
    Ok(match row.kind.as_str() {
        "p" => ConstraintKind::PrimaryKey(key(&row, registry)?),
        "u" => ConstraintKind::Unique(key(&row, registry)?),
        "f" => ConstraintKind::ForeignKey(foreign_key(row, registry)?),
        "c" => ConstraintKind::Check(Check {
            expression,
            is_no_inherit: row.is_no_inherit,
            validity: validity(&row),
        }),
        "x" => ConstraintKind::Exclusion(Exclusion { definition: expression }),
        letter => return Err(unknown("kind of constraint", letter)),
    })
}

fn key(row: &ConstraintRow, registry: &Registry) -> Result<Key, InspectError> {
    Ok(Key {
        columns: registry.columns(row.relation, row.columns.as_deref().unwrap_or_default())?,
        deferral: deferral(row),
        is_without_overlaps: row.has_period,
    })
}

fn foreign_key(row: ConstraintRow, registry: &Registry) -> Result<ForeignKey, InspectError> {
    let names = |relation, numbers: &Option<Vec<i16>>| {
        registry.columns(relation, numbers.as_deref().unwrap_or_default())
    };
    Ok(ForeignKey {
        columns: names(row.relation, &row.columns)?,
        referenced_columns: names(row.referenced, &row.referenced_columns)?,
        on_delete: action(&row.on_delete)?,
        on_delete_columns: names(row.relation, &row.on_delete_columns)?,
        on_update: action(&row.on_update)?,
        is_match_full: row.is_match_full,
        deferral: deferral(&row),
        has_period: row.has_period,
        validity: validity(&row),
        referenced_table: row.referenced_table.unwrap_or_default().parse()?,
    })
}

fn deferral(row: &ConstraintRow) -> Deferral {
    match (row.is_deferrable, row.is_deferred) {
        (false, _) => Deferral::NotDeferrable,
        (true, false) => Deferral::InitiallyImmediate,
        (true, true) => Deferral::InitiallyDeferred,
    }
}

fn validity(row: &ConstraintRow) -> Validity {
    match (row.is_not_enforced, row.is_not_valid) {
        // What is not enforced is never valid.
        (true, _) => Validity::NotEnforced,
        (false, true) => Validity::NotValid,
        (false, false) => Validity::Valid,
    }
}

fn action(letter: &str) -> Result<Action, InspectError> {
    match letter {
        "a" => Ok(Action::NoAction),
        "r" => Ok(Action::Restrict),
        "c" => Ok(Action::Cascade),
        "n" => Ok(Action::SetNull),
        "d" => Ok(Action::SetDefault),
        _ => Err(unknown("action of a foreign key", letter)),
    }
}
