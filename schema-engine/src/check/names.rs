//! What a new key, constraint or index is called: as the migrations call theirs. Pure.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, QualifiedName};

/// PostgreSQL cuts off what is longer.
const LONGEST_NAME: usize = 63;

/// The names that are taken.
#[derive(Debug)]
pub(super) struct Names {
    /// Of tables, views, sequences and indexes, which share their names in a namespace.
    relations: BTreeSet<QualifiedName>,
    /// Of constraints, which share theirs on a table.
    constraints: BTreeSet<(QualifiedName, String)>,
}

impl Names {
    /// Those of what is there, and of tables that are to come.
    pub(super) fn of(base: &Catalog, entities: &Catalog) -> Self {
        let relations = base.tables.keys().chain(base.views.keys()).chain(base.sequences.keys());
        let relations = relations.chain(entities.tables.keys()).chain(entities.sequences.keys());
        let mut names =
            Self { relations: relations.cloned().collect(), constraints: BTreeSet::new() };
        let of_tables = base.tables.iter().map(|(of, table)| (of, &table.indexes));
        let of_views = base.views.iter().map(|(of, view)| (of, &view.indexes));
        for (of, indexes) in of_tables.chain(of_views) {
            let indexes = indexes.keys().map(|name| QualifiedName::new(&of.namespace, name));
            names.relations.extend(indexes);
        }
        for (of, table) in &base.tables {
            let constraints = table.constraints.keys().map(|name| (of.clone(), name.clone()));
            names.constraints.extend(constraints);
        }
        names
    }

    /// A new index, or a constraint with an index.
    pub(super) fn index(&mut self, of: &QualifiedName, wish: &str) -> String {
        let name = free(wish, |name| {
            self.relations.contains(&QualifiedName::new(&of.namespace, name))
                || self.constraints.contains(&(of.clone(), name.to_owned()))
        });
        self.relations.insert(QualifiedName::new(&of.namespace, &name));
        name
    }

    /// A new constraint without an index.
    pub(super) fn constraint(&mut self, of: &QualifiedName, wish: &str) -> String {
        let name = free(wish, |name| self.constraints.contains(&(of.clone(), name.to_owned())));
        self.constraints.insert((of.clone(), name.clone()));
        name
    }
}

/// The wish, or the next like it that is short enough and not taken.
fn free(wish: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbers = std::iter::once(String::new()).chain((1..).map(|number: u32| number.to_string()));
    let mut names = numbers.map(|number| {
        let most = LONGEST_NAME - number.len();
        let end = (0..=most.min(wish.len())).rfind(|at| wish.is_char_boundary(*at));
        format!("{}{number}", &wish[..end.unwrap_or_default()])
    });
    names.find(|name| !is_taken(name)).unwrap_or_else(|| wish.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_free_and_short() {
        let check = |wish: &str, taken: &[&str], expected: &str| {
            assert_eq!(free(wish, |name| taken.contains(&name)), expected);
        };
        check("notes_pkey", &[], "notes_pkey");
        check("notes_pkey", &["notes_pkey", "notes_pkey1"], "notes_pkey2");
        let long = "n".repeat(70);
        check(&long, &[], &long[..63]);
        check(&long, &[&long[..63]], &format!("{}1", &long[..62]));
        check(&"ü".repeat(40), &[], &"ü".repeat(31));
    }
}
