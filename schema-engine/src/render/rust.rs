//! Changes as a migration in Rust: sea-query where it can say them, SQL where it cannot. Pure.

mod columns;
mod header;
mod indexes;
mod layout;
mod steps;
mod story;
mod tables;
mod text;
mod types;

use self::steps::{Step, names_connection, steps};
use crate::diff::Change;

/// Writes the file of a migration: what it is called for in a sentence, what applies it, and what
/// takes it back.
pub fn migration(sentence: &str, up: &[Change], down: &[Change]) -> String {
    let (steps_up, steps_down) = (steps(up), steps(down));
    let both = || steps_up.iter().chain(&steps_down);
    let header = header::header(sentence, up, down);
    let imports = imports(&both().map(Step::text).collect::<String>());
    let transaction =
        if uses_its_own_labels(up) || uses_its_own_labels(down) { LABELS } else { "" };
    format!(
        "\
{header}
{imports}
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {{
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {{
{up}    }}

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {{
{down}    }}
{transaction}}}
",
        up = body(&steps_up),
        down = body(&steps_down),
    )
}

/// What the migration says where it must not run in one transaction.
const LABELS: &str = "
    /// PostgreSQL lets nobody use a label of an enum in the transaction that adds it.
    fn use_transaction(&self) -> Option<bool> {
        Some(false)
    }
";

fn body(steps: &[Step]) -> String {
    let Some((last, rest)) = steps.split_last() else {
        return "        let _ = manager;\n        Ok(())\n".to_owned();
    };
    let mut text = String::new();
    let has_connection = names_connection(steps);
    if has_connection {
        text.push_str("        let connection = manager.get_connection();\n");
    }
    for step in rest {
        text.push_str(&step.statement(has_connection));
    }
    text.push_str(&last.tail(has_connection));
    text
}

/// What of the libraries the statements use.
fn imports(code: &str) -> String {
    let uses_type = code.contains("Type::");
    let uses_helpers = columns::uses_helpers(code);
    match (uses_type, uses_helpers) {
        (false, false) => "use sea_orm_migration::prelude::*;\n".to_owned(),
        (false, true) => "use sea_orm_migration::{prelude::*, schema::*};\n".to_owned(),
        (true, false) => {
            "use sea_orm_migration::prelude::{extension::postgres::Type, *};\n".to_owned()
        }
        (true, true) => {
            "use sea_orm_migration::{\n    prelude::{extension::postgres::Type, *},\n    \
                         schema::*,\n};\n"
                .to_owned()
        }
    }
}

/// Whether a label is added to an enum and named again afterwards.
fn uses_its_own_labels(changes: &[Change]) -> bool {
    changes.iter().enumerate().any(|(place, change)| {
        let Change::AddEnumLabel { label, .. } = change else { return false };
        let literal = crate::catalog::identifier::literal(label);
        let later = changes[place + 1..].iter();
        let mut later = later.filter(|change| !matches!(change, Change::AddEnumLabel { .. }));
        later.any(|change| {
            crate::render::sql::statements(change).iter().any(|sql| sql.contains(&literal))
        })
    })
}
