//! Which indexes and keys of wholes and their parts are made again for each other's sake. Pure.

use super::{
    super::{heritage, indexes},
    Fates,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{Constraint, ConstraintKind, ForeignKey, Index, KeySource, Object, Table, Validity},
};

impl Fates {
    /// Adds the indexes that cannot stay without a part, and the parts that go with them; gives
    /// whether there were more.
    pub(super) fn decide_parts(&mut self, from: &Catalog, to: &Catalog) -> bool {
        let mut recreated = Vec::new();
        for (table, old) in &from.tables {
            for (name, index) in &old.indexes {
                let Some((of, whole)) = whole(from, old, index) else { continue };
                let new = to.tables.get(table);
                let part = new.and_then(|new| new.indexes.get(name));
                let is_there = new.is_some_and(|new| self.is_part(table, (old, new), &of));
                let stays = part.is_some_and(|part| indexes::is_same_whole(to, &of, index, part));
                if self.recreated.contains(&whole) {
                    recreated.extend(part.map(|part| object(table, name, part)));
                } else if is_there && (!stays || self.loses_name(from, (table, name), index)) {
                    recreated.push(whole);
                }
            }
        }
        let before = self.recreated.len();
        self.recreated.extend(recreated.into_iter().filter(|of| !self.dropped.contains(of)));
        self.recreated.len() > before
    }

    /// Adds the foreign keys of parts that the server would take for a part of one that their whole
    /// gets.
    pub(super) fn decide_keys_of_parts(&mut self, from: &Catalog, to: &Catalog) {
        let mut recreated = Vec::new();
        for (name, table) in to.tables.iter().filter(|(_, table)| table.partition.is_some()) {
            let own = table.constraints.iter().filter(|(_, own)| !own.is_inherited);
            for (key, foreign) in own.filter_map(|(key, own)| Some((key, foreign_key(own)?))) {
                let mut above = heritage::ancestors(to, name).into_iter();
                let is_taken = above.any(|of| {
                    let keys = to.tables.get(of).map(|whole| whole.constraints.iter());
                    keys.into_iter().flatten().any(|(key, constraint)| {
                        let object = Object::Constraint { of: of.clone(), name: key.clone() };
                        let was = from.tables.get(of).and_then(|of| of.constraints.get(key));
                        foreign_key(constraint).as_ref() == Some(&foreign)
                            && (was.is_none() || self.recreated.contains(&object))
                    })
                });
                if is_taken {
                    recreated.push(Object::Constraint { of: name.clone(), name: key.clone() });
                }
            }
        }
        self.recreated.extend(recreated.into_iter().filter(|of| !self.dropped.contains(of)));
    }

    /// Whether the server, which makes a part anew for a new type, would call it something else.
    fn loses_name(
        &self,
        from: &Catalog,
        (table, name): (&QualifiedName, &str),
        index: &Index,
    ) -> bool {
        let part = object(table, name, index);
        let is_on_retyped = || {
            let mut dependencies = from.dependencies.iter();
            dependencies.any(|found| found.dependent == part && self.retyped.contains(&found.on))
        };
        let constraint = index.constraint.as_ref();
        let constraint = constraint.and_then(|key| from.tables.get(table)?.constraints.get(key));
        name != usual_name(table, index, constraint.map(|found| &found.kind)) && is_on_retyped()
    }

    /// Whether a table stays a part of the same whole.
    fn is_part(
        &self,
        name: &QualifiedName,
        (old, new): (&Table, &Table),
        whole: &QualifiedName,
    ) -> bool {
        old.partition == new.partition
            && !self.is_recreated_relation(name)
            && !self.is_recreated_relation(whole)
    }
}

/// The table and the index that an index is part of.
fn whole(from: &Catalog, part: &Table, index: &Index) -> Option<(QualifiedName, Object)> {
    let of = &part.partition.as_ref()?.of;
    let name = &index.parent.as_ref()?.name;
    let whole = from.tables.get(of)?.indexes.get(name)?;
    Some((of.clone(), object(of, name, whole)))
}

fn object(of: &QualifiedName, name: &str, index: &Index) -> Object {
    let of = of.clone();
    match &index.constraint {
        Some(name) => Object::Constraint { of, name: name.clone() },
        None => Object::Index { of, name: name.to_owned() },
    }
}

/// A foreign key as the server compares it.
fn foreign_key(constraint: &Constraint) -> Option<ForeignKey> {
    let ConstraintKind::ForeignKey(key) = &constraint.kind else { return None };
    Some(ForeignKey { validity: Validity::Valid, ..key.clone() })
}

/// What the server calls an index of columns alone, where that name is free.
fn usual_name(table: &QualifiedName, index: &Index, constraint: Option<&ConstraintKind>) -> String {
    let keys = index.keys.iter().filter_map(|key| match &key.source {
        KeySource::Column(name) => Some(name),
        KeySource::Expression(_) => None,
    });
    let columns: Vec<_> = keys.chain(&index.include).map(String::as_str).collect();
    let (table, columns) = (&table.name, columns.join("_"));
    match constraint {
        Some(ConstraintKind::PrimaryKey(_)) => format!("{table}_pkey"),
        Some(ConstraintKind::Exclusion(_)) => format!("{table}_{columns}_excl"),
        Some(_) => format!("{table}_{columns}_key"),
        None => format!("{table}_{columns}_idx"),
    }
}
