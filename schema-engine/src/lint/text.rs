//! What the statements themselves say, as squawk's linter reads them. Pure.

use squawk_linter::{Linter, LinterSettings, Rule, Violation};
use squawk_syntax::SourceFile;

use super::{Finding, step::Step};
use crate::{hazard::Hazard, sql};

/// The rules that speak of a running system, and what they find; the others speak of taste, or of
/// what the catalog tells better.
const RULES: [(Rule, Hazard); 14] = [
    (Rule::RequireConcurrentIndexCreation, Hazard::IndexNotConcurrently),
    (Rule::RequireConcurrentIndexDeletion, Hazard::DropIndexNotConcurrently),
    (Rule::RequireConcurrentReindex, Hazard::ReindexNotConcurrently),
    (Rule::RequireConcurrentPartitionDetach, Hazard::DetachNotConcurrently),
    (Rule::ConstraintMissingNotValid, Hazard::ValidateUnderLock),
    (Rule::AddingForeignKeyConstraint, Hazard::ValidateUnderLock),
    (Rule::DisallowedUniqueConstraint, Hazard::UniqueOnRows),
    (Rule::AddingRequiredField, Hazard::RequiredColumn),
    (Rule::RenamingColumn, Hazard::RenameColumn),
    (Rule::RenamingTable, Hazard::RenameTable),
    (Rule::BanDropTable, Hazard::DropTable),
    (Rule::BanDropColumn, Hazard::DropColumn),
    (Rule::BanDropDatabase, Hazard::DropDatabase),
    (Rule::BanTruncateCascade, Hazard::TruncateTable),
];

pub(super) fn findings(step: &Step<'_>) -> Vec<Finding> {
    let texts: Vec<&str> = step.statements.iter().map(|found| found.sql.as_str()).collect();
    let mut found = of_squawk(&texts, step.in_transaction);
    found.extend(of_words(&texts));
    found.into_iter().filter_map(|(hazard, text)| finding(step, hazard, text)).collect()
}

fn finding(step: &Step<'_>, hazard: Hazard, statement: &str) -> Option<Finding> {
    let statement = Some(statement.to_owned());
    if hazard == Hazard::DropDatabase {
        let object = "a database".to_owned();
        return Some(Finding { statement, ..Finding::new(hazard, object, None) });
    }
    // What is not there before is nobody's yet.
    let table = step.table_of(statement.as_deref()?)?;
    let found = step.on_table(hazard, table, format!("table {table}"))?;
    Some(Finding { statement, ..found })
}

/// What stands between two statements.
const END: &str = ";\n";

/// What squawk finds, with the statement that it finds it in.
fn of_squawk<'a>(texts: &[&'a str], in_transaction: bool) -> Vec<(Hazard, &'a str)> {
    let mut linter = Linter::from(RULES.iter().map(|(rule, _)| *rule));
    linter.settings =
        LinterSettings { assume_in_transaction: in_transaction, ..LinterSettings::default() };
    let whole = texts.iter().fold(String::new(), |whole, text| whole + text + END);
    let violations = linter.lint(&SourceFile::parse(&whole), &whole);
    let hazard = |violation: Violation| {
        let (_, hazard) = RULES.iter().find(|(rule, _)| *rule == violation.code)?;
        Some((*hazard, at(texts, violation.text_range.start().into())?))
    };
    violations.into_iter().filter_map(hazard).collect()
}

/// The text that byte `place` of all of them together is in.
fn at<'a>(texts: &[&'a str], place: usize) -> Option<&'a str> {
    let mut end = 0;
    texts.iter().copied().find(|text| {
        end += text.len() + END.len();
        place < end
    })
}

/// Rows that are deleted one way or another.
fn of_words<'a>(texts: &[&'a str]) -> Vec<(Hazard, &'a str)> {
    let hazard = |text: &&'a str| {
        let statements = sql::statements(text).ok()?;
        let has = |words: &[&str]| statements.iter().any(|found| found.begins_with(words));
        if has(&["DELETE"]) {
            Some((Hazard::DeleteRows, *text))
        } else if has(&["TRUNCATE"]) {
            Some((Hazard::TruncateTable, *text))
        } else {
            None
        }
    };
    texts.iter().filter_map(hazard).collect()
}
