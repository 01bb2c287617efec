//! Namespaces, extensions, types, routines, triggers, and objects of other kinds. Pure.

use super::{Assembly, unknown};
use crate::catalog::{
    identifier::{QualifiedName, Signature},
    inspect::InspectError,
    model::{
        Composite, Domain, Enum, Extension, Firing, Namespace, Object, Other, Routine, RoutineKind,
        Trigger,
    },
    normalize,
    registry::{PG_CLASS, PG_EXTENSION, PG_PROC, PG_TRIGGER, PG_TYPE},
    rows::{ExtensionRow, NamespaceRow, OtherRow, RoutineRow, TriggerRow, TypeRow},
};

impl Assembly {
    pub(super) fn add_namespaces(&mut self, rows: Vec<NamespaceRow>) {
        self.catalog.namespaces = rows
            .into_iter()
            .map(|row| {
                let comment = normalize::namespace_comment(&row.name, row.comment);
                (row.name, Namespace { comment })
            })
            .collect();
    }

    pub(super) fn add_extensions(&mut self, rows: Vec<ExtensionRow>) {
        for row in rows {
            self.registry.note(PG_EXTENSION, row.oid, Object::Extension(row.name.clone()));
            let ExtensionRow { namespace, version, comment, .. } = row;
            self.catalog.extensions.insert(row.name, Extension { namespace, version, comment });
        }
    }

    pub(super) fn add_types(&mut self, rows: Vec<TypeRow>) {
        for row in rows {
            let name = QualifiedName::new(row.namespace, row.name);
            self.registry.note(PG_TYPE, row.oid, Object::Type(name.clone()));
            let comment = row.comment;
            match row.kind.as_str() {
                "e" => {
                    self.catalog.enums.insert(name, Enum { labels: row.labels, comment });
                }
                "d" => {
                    let domain = Domain {
                        data_type: row.data_type.unwrap_or_default(),
                        collation: row.collation,
                        default: row.default.as_deref().map(normalize::expression),
                        is_not_null: row.is_not_null,
                        comment,
                        ..Domain::default()
                    };
                    self.catalog.domains.insert(name, domain);
                }
                _ => {
                    self.registry.note(PG_CLASS, row.relation, Object::Type(name.clone()));
                    let composite = Composite { attributes: Vec::new(), comment };
                    self.composites.insert(row.relation, (name, composite));
                }
            }
        }
    }

    pub(super) fn add_routines(&mut self, rows: Vec<RoutineRow>) -> Result<(), InspectError> {
        for row in rows {
            let kind = match row.kind.as_str() {
                "f" => RoutineKind::Function,
                "w" => RoutineKind::Window,
                "p" => RoutineKind::Procedure,
                letter => return Err(unknown("kind of routine", letter)),
            };
            let name = QualifiedName::new(row.namespace, row.name);
            let signature = Signature { name, arguments: row.argument_types };
            self.registry.note(PG_PROC, row.oid, Object::Routine(signature.clone()));
            let routine = Routine {
                kind,
                arguments: row.arguments,
                returns: row.returns,
                language: row.language,
                definition: row.definition.trim_end().to_owned(),
                body_digest: row.body_digest,
                comment: row.comment,
            };
            self.catalog.routines.insert(signature, routine);
        }
        Ok(())
    }

    pub(super) fn add_triggers(&mut self, rows: Vec<TriggerRow>) -> Result<(), InspectError> {
        for row in rows {
            let (of, triggers) = match self.tables.get_mut(&row.relation) {
                Some((name, table)) => (name, &mut table.triggers),
                None => match self.views.get_mut(&row.relation) {
                    Some((name, view)) => (name, &mut view.triggers),
                    None => continue,
                },
            };
            let firing = match row.firing.as_str() {
                "O" => Firing::Enabled,
                "D" => Firing::Disabled,
                "R" => Firing::Replica,
                "A" => Firing::Always,
                letter => return Err(unknown("state of a trigger", letter)),
            };
            let object = Object::Trigger { of: of.clone(), name: row.name.clone() };
            self.registry.note(PG_TRIGGER, row.oid, object);
            let definition = normalize::expression(&row.definition);
            let trigger = Trigger { definition, firing, comment: row.comment };
            triggers.insert(row.name, trigger);
        }
        Ok(())
    }

    pub(super) fn add_others(&mut self, rows: Vec<OtherRow>) {
        for row in rows {
            self.registry.note(row.class, row.oid, Object::Other(row.name.clone()));
            let definition = row.definition.as_deref().map(normalize::expression);
            let other = Other { definition, comment: row.comment };
            self.catalog.others.insert(row.name, other);
        }
    }
}
