//! The rows that applied migrations brought: there, or missing. Reads the tables of the schema.

use sea_orm::DbErr;
use sql_migration::SeedRows;

use super::{Finding, finding::some, look::Look};
use crate::seeds;

const CHECK: &str = "seed rows";

/// One look a table: what one of them does not let be seen, another may.
pub(super) async fn examine(look: &Look<'_>) -> Result<Vec<Finding>, DbErr> {
    let expected = seeds::expected(look.opened.schema, &look.opened.state);
    let mut findings: Vec<Finding> = Vec::new();
    let mut complete: Vec<&str> = Vec::new();
    for seed in expected {
        let found = look.attempt(CHECK, missing(look, seed)).await?;
        if found.is_empty() && !complete.contains(&seed.table) {
            complete.push(seed.table);
        }
        for finding in found {
            // A table that two migrations filled is hidden but once.
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    if findings.is_empty() {
        let text = match complete[..] {
            [] => "none expected".to_owned(),
            _ => format!("complete in {}", complete.join(", ")),
        };
        findings.push(Finding::fine(CHECK, text));
    }
    Ok(findings)
}

async fn missing(look: &Look<'_>, seed: &SeedRows) -> Result<Vec<Finding>, DbErr> {
    let table = seed.table;
    if !look.opened.state.tables.iter().any(|there| there == table) {
        let text =
            format!("the table `{table}` is not there, though `{}` filled it", seed.migration);
        let fix = "restore it from a backup";
        return Ok(vec![Finding::problem(CHECK, text, fix)]);
    }
    let missing = seeds::missing(&look.db, seed).await?;
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!("`{table}` lacks {}: {}", count(missing.len()), some(&missing));
    let fix = format!("`setup {} --seed-rows` puts back what is missing", look.database());
    Ok(vec![Finding::problem(CHECK, text, fix)])
}

fn count(rows: usize) -> String {
    if rows == 1 { "one of its rows".to_owned() } else { format!("{rows} of its rows") }
}
