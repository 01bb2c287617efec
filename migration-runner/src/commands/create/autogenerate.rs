//! What a migration has to do, from the entities; asks on a terminal what may be a rename.

use std::io::{self, BufRead, IsTerminal};

use anyhow::Result;
use schema_engine::{
    check::{self, Comparison, Report},
    create::{Changes, Created},
    database::Database,
    desired,
    diff::{Change, Rename},
};

use crate::{
    cli::Create,
    context::{self, UsageError},
    databases, output,
};

/// The content of a migration.
pub(super) struct Generated {
    up: Vec<Change>,
    down: Vec<Change>,
    pub(super) report: Report,
    /// What may have another name, and is dropped and added.
    offers: Vec<Rename>,
}

pub(super) async fn generate(args: &Create, database: &Database) -> Result<Generated> {
    let place = context::shadow_place(&args.shadow)?;
    let all = databases::schemas();
    let schema = all.iter().find(|known| known.name == database.schema);
    let schema = schema.ok_or(UsageError::NotCompiled { schema: database.schema })?;
    let states = desired::states(schema, &place).await?;
    let mut renames = check::read_renames(&args.renames, &states)?;
    renames.extend(desired::told_renames(&context::root()?, schema, &states, &renames));
    let mut refused = Vec::new();
    loop {
        let comparison = Comparison::of(&states, &renames);
        let offers = comparison.offers();
        // What was agreed to changes what may be offered next.
        if let Some(offer) = offers.iter().find(|offer| !refused.contains(*offer)).cloned() {
            let answers = if is_agreed_to(&offer) { &mut renames } else { &mut refused };
            answers.push(offer);
            continue;
        }
        let (up, down) = (comparison.changes(), comparison.changes_back());
        let report = Report::of(&up, &down);
        return Ok(Generated { up, down, report, offers });
    }
}

/// Whether somebody on the terminal says that it is a rename; where there is none, it is not.
fn is_agreed_to(offer: &Rename) -> bool {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return false;
    }
    output::remark(&format!("only a new name, so that nothing is lost: {}? [y/N]", offer.option()));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

impl Generated {
    pub(super) fn changes(&self) -> Changes<'_> {
        Changes { up: &self.up, down: &self.down }
    }

    pub(super) fn say(&self) {
        for difference in &self.report.differences {
            let lost = if difference.loses_data { " (loses data)" } else { "" };
            output::print(&format!("{}{lost}", difference.description));
        }
        for offer in &self.offers {
            let option = offer.option();
            output::print(&format!(
                "if that is a new name, nothing need be lost: `--rename {option}`"
            ));
        }
    }

    /// What is to be done with the migration, in order.
    pub(super) fn next(&self, created: &Created, schema: &str, migrate: String) -> Vec<String> {
        let mut steps = vec!["read it".to_owned()];
        let by_hand = if created.tables_in.is_some() { &[][..] } else { &self.up };
        for change in by_hand {
            let list = format!("`TABLES` of {schema}-schema/src/migrations.rs");
            match change {
                Change::CreateTable { name, .. } => {
                    steps.push(format!("add \"{}\" to {list}", name.name));
                }
                Change::DropTable { name, .. } => {
                    steps.push(format!("take \"{}\" out of {list}", name.name));
                }
                Change::RenameTable { from, to } => {
                    steps.push(format!("call \"{}\" \"{}\" in {list}", from.name, to.name));
                }
                _ => {}
            }
        }
        steps.push(format!("cargo xtask checksums {schema}"));
        steps.push(migrate);
        steps
    }
}
