//! `checksums`: what the migrations of this build are, in the files of the checkout.

use std::{fs, io::ErrorKind, path::Path, process::ExitCode};

use anyhow::{Context as _, Result, bail};
use futures_util::future::try_join_all;
use schema_engine::{
    checksum::{self, Stale},
    lint,
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

/// Brings the files of a schema up to date, or only says what is stale in them.
async fn renew(schema: &Schema, place: &Place, is_check: bool) -> Result<Vec<Stale>> {
    let root = context::root()?;
    let of_checksums = checksum::file(&root, schema.name);
    let of_hazards = lint::file(&root, schema.name);
    let folder = of_checksums.parent().unwrap_or(&of_checksums);
    if !folder.is_dir() {
        bail!("there is no `{}`: checksums are files of a checkout", folder.display());
    }
    let names = schema.names();
    let (checksums, hazards) =
        tokio::join!(checksum::compute(schema, place), lint::lint(schema, place, &names));
    let (checksums, hazards) = (checksums?, hazards?);
    let before = read(&of_checksums)?;
    let mut stale = checksum::stale(&before, &checksums);
    update(&of_checksums, &before, &checksum::text(&checksums), is_check)?;
    let before = read(&of_hazards)?;
    if update(&of_hazards, &before, &lint::text(&hazards), is_check)? {
        stale.push(Stale::Hazards(schema.name));
    }
    Ok(stale)
}

fn read(file: &Path) -> Result<String> {
    match fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.with_context(|| format!("cannot read `{}`", file.display())),
    }
}

/// Gives whether `text` is another one than `before`, and writes it unless this is a check.
fn update(file: &Path, before: &str, text: &str, is_check: bool) -> Result<bool> {
    if text != before && !is_check {
        fs::write(file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(text != before)
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
        (Stale::Hazards(schema), true) => format!("stale: the hazards of {schema}"),
        (Stale::Hazards(schema), false) => format!("renewed the hazards of {schema}"),
        (Stale::Removed(name), true) => format!("no such migration: {name}"),
        (Stale::Removed(name), false) => format!("removed {name}"),
    }
}
