//! Hazards as the file beside a lineage has them, for whoever migrates without a shadow. Pure.

use std::path::{Path, PathBuf};

use super::{Finding, Hazards};

/// The file of a schema in the checkout at `root`.
pub fn file(root: &Path, schema: &str) -> PathBuf {
    root.join(format!("{schema}-schema")).join("hazards.txt")
}

/// The text of such a file, a finding a line: migration, hazard, table or `-`, object.
pub fn text(found: &[Hazards]) -> String {
    let lines = found.iter().flat_map(|hazards| {
        let line = |finding: &Finding| {
            let table = finding.table.as_deref().unwrap_or("-").replace(' ', "\u{a0}");
            let (migration, hazard) = (&hazards.migration, finding.hazard);
            format!("{migration} {hazard} {table} {}\n", finding.object)
        };
        hazards.findings.iter().map(line)
    });
    lines.collect()
}

/// What such a text has for a migration; a line that makes no sense is stale, and passed over.
pub fn compiled(text: &str, migration: &str) -> Vec<Finding> {
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    let of_migration = lines.filter(|(name, _)| *name == migration);
    of_migration.filter_map(|(_, rest)| finding(rest)).collect()
}

fn finding(text: &str) -> Option<Finding> {
    let mut parts = text.splitn(3, ' ');
    let hazard = parts.next()?.parse().ok()?;
    let table =
        parts.next().filter(|table| *table != "-").map(|table| table.replace('\u{a0}', " "));
    Some(Finding::new(hazard, parts.next()?.to_owned(), table))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hazard::Hazard;

    #[test]
    fn what_is_written_is_read() {
        let finding = |hazard, object: &str, table: Option<&str>| {
            Finding::new(hazard, object.to_owned(), table.map(str::to_owned))
        };
        let findings = vec![
            finding(Hazard::DropColumn, "column public.\"a b\".c", Some("public.\"a b\"")),
            finding(Hazard::DropSequence, "sequence public.numbers", None),
        ];
        let found = [
            Hazards { migration: "m1".to_owned(), findings: findings.clone() },
            Hazards { migration: "m2".to_owned(), findings: Vec::new() },
        ];
        let text = text(&found);
        assert_eq!(compiled(&text, "m1"), findings);
        assert_eq!(compiled(&text, "m2"), []);
        assert_eq!(compiled("m1 no-hazard - x\nm1", "m1"), []);
    }
}
