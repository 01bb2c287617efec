//! `checksums`: what the migrations of this build are, in the files of the checkout.

use std::{fs, io::ErrorKind, process::ExitCode};

use anyhow::{Context as _, Result, bail};
use futures_util::future::try_join_all;
use schema_engine::{
    checksum::{self, Stale},
    schema::Schema,
    shadow::Place,
};

use crate::{
    cli::Checksums,
    context::{self, UsageError},
    databases, exit, output,
};

pub(super) async fn run(args: Checksums) -> Result<ExitCode> {
    let place = context::shadow_place(&args.shadow)?;
    let schemas = schemas(&args.databases)?;
    let found =
        try_join_all(schemas.iter().map(|schema| renew(schema, &place, args.check))).await?;
    let stale = found.iter().flatten().count();
    for line in found.iter().flatten().map(|stale| said(stale, args.check)) {
        output::print(&line);
    }
    if stale == 0 {
        output::print("every checksum is that of its migration");
    } else if args.check {
        output::print("`cargo xtask checksums` writes them");
        return Ok(ExitCode::from(exit::FOUND));
    }
    Ok(ExitCode::from(exit::DONE))
}

fn schemas(names: &[String]) -> Result<Vec<Schema>> {
    let wanted: Vec<&str> =
        context::select(names)?.iter().map(|database| database.schema).collect();
    let mut schemas = databases::schemas();
    let missing = wanted.iter().find(|name| !schemas.iter().any(|known| known.name == **name));
    if let Some(schema) = missing {
        return Err(UsageError::NotCompiled { schema }.into());
    }
    schemas.retain(|schema| wanted.contains(&schema.name));
    Ok(schemas)
}

/// Brings the file of a schema up to date, or only says what is stale in it.
async fn renew(schema: &Schema, place: &Place, is_check: bool) -> Result<Vec<Stale>> {
    let file = checksum::file(&context::root()?, schema.name);
    let folder = file.parent().unwrap_or(&file);
    if !folder.is_dir() {
        bail!("there is no `{}`: checksums are files of a checkout", folder.display());
    }
    let before = match fs::read_to_string(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.with_context(|| format!("cannot read `{}`", file.display()))?,
    };
    let checksums = checksum::compute(schema, place).await?;
    let stale = checksum::stale(&before, &checksums);
    let text = checksum::text(&checksums);
    if !is_check && text != before {
        fs::write(&file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(stale)
}

fn said(stale: &Stale, is_check: bool) -> String {
    match (stale, is_check) {
        (Stale::Added(name), true) => format!("no checksum: {name}"),
        (Stale::Added(name), false) => format!("added {name}"),
        (Stale::Edited(name), true) => format!(
            "edited: {name}; if it has run anywhere but on your machine, write the next migration \
             instead"
        ),
        (Stale::Edited(name), false) => format!("renewed {name}"),
        (Stale::Removed(name), true) => format!("no such migration: {name}"),
        (Stale::Removed(name), false) => format!("removed {name}"),
    }
}
