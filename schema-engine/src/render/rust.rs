//! Changes as a migration in Rust: sea-query where it can say them, SQL where it cannot. Pure.

mod alter;
mod build;
mod columns;
mod header;
mod indexes;
mod layout;
mod new_table;
mod phrase;
mod sql_text;
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
}}
",
        up = body(&steps_up),
        down = body(&steps_down),
    )
}

fn body(steps: &[Step]) -> String {
    let Some((last, rest)) = steps.split_last() else {
        return "        let _ = manager;\n        Ok(())\n".to_owned();
    };
    let has_connection = names_connection(steps);
    let mut paragraphs: Vec<String> =
        rest.iter().map(|step| step.statement(has_connection)).collect();
    paragraphs.push(last.tail(has_connection));
    let mut text = String::new();
    if has_connection {
        text.push_str("        let connection = manager.get_connection();\n");
    }
    let is_long = |text: &str| text.lines().count() > 1;
    for (place, paragraph) in paragraphs.iter().enumerate() {
        // What takes several lines stands for itself.
        let is_apart = is_long(paragraph) || place > 0 && is_long(&paragraphs[place - 1]);
        if is_apart && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(paragraph);
    }
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
