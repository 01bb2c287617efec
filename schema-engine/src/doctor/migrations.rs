//! Where a database stands in its lineage. Reads the journal.

use sea_orm::DbErr;

use super::{Finding, finding::some, look::Look};
use crate::{
    history::{self, Status},
    journal,
};

pub(super) const CHECK: &str = "migrations";

pub(super) async fn examine(look: &Look<'_>) -> Result<Vec<Finding>, DbErr> {
    let state = &look.opened.state;
    let runs = journal::runs(&look.db, state).await?;
    Ok(judge(&history::status(look.opened.schema, state, &runs), look.database()))
}

fn judge(status: &Status, database: &str) -> Vec<Finding> {
    let standing = &status.standing;
    let mut findings = Vec::new();
    if !status.incomplete.is_empty() {
        let text = format!("incomplete: {}", some(&status.incomplete));
        let fix = format!("`repair {database}` shows what stands and finishes it");
        findings.push(Finding::problem(CHECK, text, fix));
    }
    if !standing.unknown.is_empty() {
        let text = format!("applied but unknown to this build: {}", some(&standing.unknown));
        findings.push(Finding::problem(CHECK, text, "use the build that has them"));
    }
    if !status.edited.is_empty() {
        let text = format!("edited after they ran: {}", some(&status.edited));
        let fix = "give them their text back, and write a new migration for the change";
        findings.push(Finding::warning(CHECK, text, fix));
    }
    let late = &standing.out_of_order;
    if !late.is_empty() {
        let text = format!("pending, and older than what is applied: {}", some(late));
        let fix = format!("`migrate {database} --allow-out-of-order` applies them");
        findings.push(Finding::warning(CHECK, text, fix));
    } else if !standing.pending.is_empty() {
        let text = format!("{} pending: {}", standing.pending.len(), some(&standing.pending));
        findings.push(Finding::warning(CHECK, text, format!("`migrate {database}` applies them")));
    }
    if findings.is_empty() {
        let place = status.at.as_deref().unwrap_or("base");
        findings.push(Finding::fine(CHECK, format!("at {place}, the newest")));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};
    use crate::{fixtures, plan};

    fn check(applied: &[&str], incomplete: &[&str], edited: &[&str], expected: &[&str]) {
        let schema = fixtures::schema(&[("m1", None), ("m2", None)]);
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let standing = plan::standing(&schema, &owned(applied));
        let at = standing.applied.last().cloned();
        let (edited, incomplete) = (owned(edited), owned(incomplete));
        let status = Status { at, standing, edited, incomplete };
        assert_eq!(lines(&judge(&status, "ecs")), expected, "{applied:?}");
    }

    #[test]
    fn each_way_to_stand_wrong_has_its_mend() {
        check(&["m1", "m2"], &[], &[], &["fine: at m2, the newest"]);
        check(&[], &[], &[], &["warning: 2 pending: m1, m2; `migrate ecs` applies them"]);
        check(
            &["m2"],
            &[],
            &[],
            &["warning: pending, and older than what is applied: m1; `migrate ecs \
             --allow-out-of-order` applies them"],
        );
        check(
            &["m1", "m2", "m9"],
            &["m2"],
            &["m1"],
            &[
                "problem: incomplete: m2; `repair ecs` shows what stands and finishes it",
                "problem: applied but unknown to this build: m9; use the build that has them",
                "warning: edited after they ran: m1; give them their text back, and write a new \
             migration for the change",
            ],
        );
    }
}
