//! `create`: a new migration in the checkout.

use std::{process::ExitCode, time::SystemTime};

use anyhow::{Result, bail};
use schema_engine::{
    create::{self, Created, Wanted},
    schema::Kind,
};
use serde::Serialize;

use crate::{
    cli::{Create, Format, WrittenIn},
    context::{self, UsageError},
    exit, output,
};

#[derive(Serialize)]
struct Document<'a> {
    command: &'a str,
    database: &'a str,
    #[serde(flatten)]
    created: &'a Created,
    next: String,
}

pub(super) fn run(args: &Create) -> Result<ExitCode> {
    let databases = context::select(std::slice::from_ref(&args.database))?;
    let [database] = databases[..] else {
        bail!(UsageError::OneDatabase {
            option: "create",
            databases: databases.iter().map(|database| database.name).collect(),
        });
    };
    if let Some(production) = database.twin_of {
        bail!(UsageError::Twin { twin: database.name, production });
    }
    let wanted = Wanted {
        schema: database.schema,
        message: &args.message,
        kind: match args.kind {
            WrittenIn::Rust => Kind::Rust,
            WrittenIn::Sql => Kind::Sql,
        },
        module: args.module.as_deref(),
    };
    let created = create::create(&context::root()?, &wanted, SystemTime::now())?;
    let next = format!("cargo xtask migrate {}", database.name);
    match args.output {
        Format::Text => {
            for file in &created.files {
                output::print(&format!("wrote {}", file.display()));
            }
            output::print(&format!("listed in {}", created.registered_in.display()));
            output::print(&format!("fill it in, then run `{next}`"));
        }
        Format::Json => {
            let (command, database) = ("create", database.name);
            output::print_json(&Document { command, database, created: &created, next })?;
        }
    }
    Ok(ExitCode::from(exit::DONE))
}
