//! `verify`: whether what is reverted is gone, and what is applied again is the same.

use std::process::ExitCode;

use anyhow::Result;
use schema_engine::{
    journal,
    verify::{self, Flaw},
};
use serde::Serialize;

use super::side_by_side::{self, Access, Job};
use crate::{
    cli::Verify,
    context::{self, Context},
    exit,
};

/// What was found in one lineage.
#[derive(Serialize)]
struct Verified {
    migrations: usize,
    flaws: Vec<Flaw>,
}

pub(super) async fn run(args: Verify) -> Result<ExitCode> {
    let place = context::shadow_place(&args.shadow)?;
    let context = Context::new(args.place)?;
    let run = context.locate(&args.databases)?;
    let work = async |job: &mut Job<'_>| {
        let opened = &job.opened;
        let runs = journal::runs(opened.session.connection(), &opened.state).await?;
        let mut flaws = verify::verify(opened.schema, &place).await?;
        flaws.extend(Flaw::of_history(opened.schema, &opened.state.applied(), &runs));
        let verified = Verified { migrations: opened.schema.migrations.len(), flaws };
        for line in verified.lines() {
            job.lines.say(&line);
        }
        Ok(verified)
    };
    let judge = |verified: &Verified| {
        if verified.flaws.is_empty() { exit::DONE } else { exit::FAILED }
    };
    side_by_side::run("verify", &context, &run, Access::Read, work, judge).await
}

impl Verified {
    fn lines(&self) -> Vec<String> {
        if self.flaws.is_empty() {
            let count = self.migrations;
            let noun = if count == 1 { "migration" } else { "migrations" };
            return vec![format!("{count} {noun} up, down and up again: nothing is left")];
        }
        self.flaws.iter().flat_map(|flaw| lines(&flaw.to_string())).collect()
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
