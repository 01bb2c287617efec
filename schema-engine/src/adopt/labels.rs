//! Enums whose labels differ by their case alone, as an import of models makes them from the names
//! of its members: the labels are renamed, and every row keeps its value. Pure.

use crate::{
    catalog::{Catalog, model::Enum},
    diff::Rename,
};

/// Gives the labels of `live` that are to be renamed.
pub(super) fn renames(live: &Catalog, expected: &Catalog) -> Vec<Rename> {
    let mut renames = Vec::new();
    for (name, wanted) in &expected.enums {
        let Some(found) = live.enums.get(name).filter(|found| differ_by_case(found, wanted)) else {
            continue;
        };
        let labels = std::iter::zip(&found.labels, &wanted.labels).filter(|(from, to)| from != to);
        renames.extend(labels.map(|(from, to)| Rename::Label {
            of: name.clone(),
            from: from.clone(),
            to: to.clone(),
        }));
    }
    renames
}

fn differ_by_case(found: &Enum, wanted: &Enum) -> bool {
    let pairs = || std::iter::zip(&found.labels, &wanted.labels);
    found.labels.len() == wanted.labels.len()
        && pairs().all(|(from, to)| from.eq_ignore_ascii_case(to))
        // A label of another's name would be in the way of its renaming.
        && pairs().all(|(from, to)| from == to || !found.labels.contains(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::QualifiedName;

    /// A catalog of one enum with these labels.
    fn catalog(labels: &str) -> Catalog {
        let labels = labels.split_whitespace().map(str::to_owned).collect();
        let mut catalog = Catalog::default();
        catalog.enums.insert(QualifiedName::new("public", "mood"), Enum { labels, comment: None });
        catalog
    }

    fn check(live: &str, wanted: &str, expected: &str) {
        let found = renames(&catalog(live), &catalog(wanted));
        let said: Vec<String> = found
            .iter()
            .map(|rename| match rename {
                Rename::Label { from, to, .. } => format!("{from}>{to}"),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(said.join(" "), expected, "{live} as {wanted}");
    }

    #[test]
    fn labels_of_another_case_are_renamed() {
        check("GLAD SAD", "glad sad", "GLAD>glad SAD>sad");
        check("glad SAD", "glad sad", "SAD>sad");
        check("glad sad", "glad sad", "");
    }

    #[test]
    fn other_labels_are_another_type() {
        check("GLAD SAD", "glad sad calm", "");
        check("SAD GLAD", "glad sad", "");
        check("Glad glad", "glad GLAD", "");
    }
}
