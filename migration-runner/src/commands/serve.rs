//! `serve`: keeps the embedded PostgreSQL of a database running.

use std::process::ExitCode;

use anyhow::{Result, bail};
use schema_engine::{
    embedded::{Embedded, Storage},
    location::{self, Location, Wishes},
};
use serde::Serialize;

use crate::{
    cli::{Format, Serve},
    context, exit, output,
};

#[derive(Serialize)]
struct Served {
    database: &'static str,
    folder: String,
    url: String,
}

pub(super) async fn run(args: Serve) -> Result<ExitCode> {
    let databases = context::select(&[args.database])?;
    let [database] = databases[..] else {
        bail!(context::UsageError::OneDatabase {
            option: "serve",
            databases: databases.iter().map(|database| database.name).collect(),
        });
    };
    // Whatever URL is configured: what is served is the embedded one.
    let nothing = schema_engine::environment::Environment::default();
    let located = location::locate(&[database], &Wishes::default(), &nothing, &context::root()?)?;
    let [location::Located { location: Location::Embedded { folder, shown, .. }, .. }] =
        &located[..]
    else {
        bail!("{} has no embedded PostgreSQL", database.name);
    };
    let port = args.port;
    let (folder, shown) = (folder.clone(), shown.clone());
    let mut server = tokio::task::spawn_blocking(move || {
        Embedded::start(Storage::Folder(&folder), database.database_name, port)
    })
    .await??;
    server.announce()?;
    let url = server.url();
    match args.output {
        Format::Text => {
            let name = database.name;
            output::print(&format!("{name} → embedded PostgreSQL at {shown}"));
            output::print("one connection at a time; Ctrl-C stops it");
            output::print(&url);
        }
        Format::Json => {
            output::print_json(&Served { database: database.name, folder: shown, url })?;
        }
    }
    wait_for_signal().await?;
    tokio::task::spawn_blocking(move || server.stop()).await??;
    Ok(ExitCode::from(exit::DONE))
}

#[cfg(unix)]
async fn wait_for_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn wait_for_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
