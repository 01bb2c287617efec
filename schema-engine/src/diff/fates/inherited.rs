//! Which checks are made again for the sake of tables below. Pure.

use super::{
    super::{constraints, heritage},
    Fates,
};
use crate::catalog::{
    Catalog, QualifiedName,
    model::{ConstraintKind, Object, Validity},
};

impl Fates {
    /// Adds the checks that tables below need to be made again.
    pub(super) fn decide_inherited_checks(&mut self, from: &Catalog, to: &Catalog) {
        self.free_for_new_parents(from, to);
        self.raise(from, to);
    }

    /// A table that is made has what it inherits as valid, and no table joins that whose own check
    /// is not: both get it from above once they are there.
    fn free_for_new_parents(&mut self, from: &Catalog, to: &Catalog) {
        let is_new = |name: &QualifiedName| {
            !from.tables.contains_key(name) || self.is_recreated_relation(name)
        };
        let mut recreated = Vec::new();
        for (_, table) in to.tables.iter().filter(|(name, _)| !is_new(name)) {
            let new = heritage::parents(table).into_iter().filter(|parent| is_new(parent));
            let above: Vec<_> = new.flat_map(|parent| heritage::ancestors(to, parent)).collect();
            let not_valid = table.constraints.iter().filter(|(_, constraint)| {
                constraints::validity(constraint) == Some(Validity::NotValid)
            });
            for (key, _) in not_valid {
                recreated.extend(checks(from, to, above.iter().copied(), key));
            }
        }
        self.recreated.extend(recreated);
    }

    /// What a child has of a parent's check cannot go while the parent's is there.
    fn raise(&mut self, from: &Catalog, to: &Catalog) {
        loop {
            let mut raised = Vec::new();
            for object in &self.recreated {
                let Object::Constraint { of, name } = object else { continue };
                let (Some(old), Some(new)) = (from.tables.get(of), to.tables.get(of)) else {
                    continue;
                };
                let kept = heritage::parents(new);
                let above = heritage::parents(old).into_iter().filter(|of| kept.contains(of));
                raised.extend(checks(from, to, above, name));
            }
            let before = self.recreated.len();
            self.recreated.extend(raised);
            if self.recreated.len() == before {
                return;
            }
        }
    }
}

/// The checks of one name that some tables have before and after.
fn checks<'a>(
    from: &Catalog,
    to: &Catalog,
    tables: impl Iterator<Item = &'a QualifiedName>,
    name: &str,
) -> Vec<Object> {
    let has = |catalog: &Catalog, of: &QualifiedName| {
        let constraint = catalog.tables.get(of).and_then(|table| table.constraints.get(name));
        constraint.is_some_and(|found| matches!(found.kind, ConstraintKind::Check(_)))
    };
    let kept = tables.filter(|of| has(from, of) && has(to, of)).cloned();
    kept.map(|of| Object::Constraint { of, name: name.to_owned() }).collect()
}
