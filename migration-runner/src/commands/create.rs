//! `create`: a new migration in the checkout.

mod autogenerate;

use std::{process::ExitCode, time::SystemTime};

use anyhow::{Result, bail};
use schema_engine::{
    check::Difference,
    create::{self, Created, Wanted},
    schema::Kind,
};
use serde::Serialize;

use self::autogenerate::Generated;
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
    created: Option<&'a Created>,
    /// What it makes right, where it was generated.
    #[serde(skip_serializing_if = "Option::is_none")]
    differences: Option<&'a [Difference]>,
    next: &'a [String],
}

pub(super) async fn run(args: &Create) -> Result<ExitCode> {
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
    let generated =
        if args.autogenerate { Some(autogenerate::generate(args, database).await?) } else { None };
    let is_needless = generated.as_ref().is_some_and(|it| it.report.is_empty());
    let created =
        if is_needless { None } else { Some(write(args, database.schema, generated.as_ref())?) };
    let migrate = format!("cargo xtask migrate {}", database.name);
    let next = match (&created, &generated) {
        (None, _) => Vec::new(),
        (Some(_), None) => vec![migrate],
        (Some(created), Some(generated)) => generated.next(created, database.schema, migrate),
    };
    if args.output == Format::Json {
        let differences = generated.as_ref().map(|it| it.report.differences.as_slice());
        let (command, database, created) = ("create", database.name, created.as_ref());
        output::print_json(&Document { command, database, created, differences, next: &next })?;
    } else {
        say(created.as_ref(), generated.as_ref(), &next);
    }
    Ok(ExitCode::from(exit::DONE))
}

fn write(args: &Create, schema: &str, generated: Option<&Generated>) -> Result<Created> {
    let wanted = Wanted {
        schema,
        message: &args.message,
        kind: match args.kind {
            WrittenIn::Rust => Kind::Rust,
            WrittenIn::Sql => Kind::Sql,
        },
        module: args.module.as_deref(),
        changes: generated.map(Generated::changes),
    };
    Ok(create::create(&context::root()?, &wanted, SystemTime::now())?)
}

fn say(created: Option<&Created>, generated: Option<&Generated>, next: &[String]) {
    if let Some(generated) = generated {
        generated.say();
    }
    let Some(created) = created else {
        output::print("nothing is written: the migrations make what the entities say");
        return;
    };
    for file in &created.files {
        output::print(&format!("wrote {}", file.display()));
    }
    output::print(&format!("listed in {}", created.registered_in.display()));
    if let Some(file) = &created.tables_in {
        output::print(&format!("its tables are in `TABLES` of {}", file.display()));
    }
    match (generated, next) {
        (None, [migrate]) => output::print(&format!("fill it in, then run `{migrate}`")),
        _ => next.iter().for_each(|step| output::print(&format!("next: {step}"))),
    }
}
