//! Compiles the migration runner with the schemas that a command names, and runs it.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::{cargo, urls};

/// The databases of each schema.
pub(crate) const SCHEMAS: [(&str, [&str; 3]); 4] = [
    ("auth", ["auth", "auth_e2e", ""]),
    ("main", ["main", "e2e", "reynard"]),
    ("ecs", ["ecs", "ecs_e2e", ""]),
    ("mcp", ["mcp", "mcp_e2e", ""]),
];

/// Options whose value stands in the next word.
const WITH_VALUE: &[&str] = &[
    "--to",
    "--from",
    "-n",
    "--num",
    "--yes-destroy",
    "--env-file",
    "--output",
    "--port",
    "--app-role",
    "--message",
    "-m",
    "--kind",
    "--module",
    "--rename",
    "--lock-wait",
    "--lock-timeout",
    "--retries",
    "--statement-timeout",
];

/// Runs `arguments` as a command of the migration runner.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    // Everybody on the machine can read the arguments of a process, and not its environment.
    let (urls, arguments) = urls::take(arguments);
    let binary = cargo::build("migration-runner", &features(&arguments))?;
    let mut command = Command::new(&binary);
    command.args(&arguments).env("REYNARD_WORKSPACE", cargo::workspace()?);
    command.env("REYNARD_INVOKED_AS", "cargo xtask");
    command.envs(urls);
    let status = command.status().with_context(|| format!("cannot run {}", binary.display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The features of the runner that a command needs: the schemas of the databases that it names,
/// all of them where it names none or something else.
fn features(arguments: &[String]) -> String {
    // It writes files, also for a schema that does not compile at the moment. With the embedded
    // PostgreSQL cargo compiles nothing for it that the commands which follow do not need.
    let is_create =
        arguments.iter().find(|word| !word.starts_with('-')).is_some_and(|word| word == "create");
    if is_create && !arguments.iter().any(|word| word == "--autogenerate") {
        return "embedded".to_owned();
    }
    let mut schemas: Vec<&str> = Vec::new();
    let mut words = arguments.iter().map(String::as_str).skip(1);
    while let Some(word) = words.next() {
        if WITH_VALUE.contains(&word) {
            words.next();
        } else if !word.starts_with('-') {
            let name = word.replace('-', "_");
            let schema = SCHEMAS.iter().find(|(_, databases)| databases.contains(&name.as_str()));
            schemas.push(schema.map_or("all-schemas", |(schema, _)| schema));
        }
    }
    if schemas.is_empty() || schemas.contains(&"all-schemas") {
        schemas = vec!["all-schemas"];
    }
    if !arguments.iter().any(|word| word == "--no-embedded") {
        schemas.push("embedded");
    }
    schemas.sort_unstable();
    schemas.dedup();
    schemas.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_command_compiles_the_schemas_that_it_names() {
        for (command, expected) in [
            ("migrate ecs", "ecs,embedded"),
            ("migrate ecs-e2e mcp", "ecs,embedded,mcp"),
            ("migrate", "all-schemas,embedded"),
            ("migrate all", "all-schemas,embedded"),
            ("status e2e --no-embedded", "main"),
            ("rollback ecs --to mcp", "ecs,embedded"),
            ("migrate --to ecs main", "embedded,main"),
            ("migrate --lock-wait 5s mcp", "embedded,mcp"),
            ("create mcp --message main", "embedded"),
            ("-v create ecs --kind sql -m auth", "embedded"),
            ("create mcp --autogenerate --rename auth=ecs -m main", "embedded,mcp"),
            ("check ecs", "ecs,embedded"),
            ("migrate create", "all-schemas,embedded"),
            ("--help", "all-schemas,embedded"),
        ] {
            assert_eq!(features(&words(command)), expected, "{command}");
        }
    }

    /// The crates that cargo compiles for a package with these features.
    fn crates(package: &str, features: &str) -> Vec<String> {
        let mut tree = cargo::command(&["tree", "--offline", "--edges", "normal"]).unwrap();
        tree.args(["--prefix", "none", "--package", package, "--no-default-features"]);
        let output = tree.args(["--features", features]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    }

    #[test]
    fn a_command_compiles_no_other_schema() {
        let schemas = SCHEMAS.map(|(schema, _)| format!("{schema}-schema"));
        for (schema, databases) in SCHEMAS {
            let migrate = words(&format!("migrate {}", databases[1]));
            let mut crates = crates("migration-runner", &features(&migrate));
            crates.retain(|name| schemas.contains(name));
            assert_eq!(crates, [format!("{schema}-schema")]);
        }
    }

    #[test]
    fn an_application_that_needs_entities_compiles_nothing_else() {
        let more =
            ["sea-orm-migration", "sql-migration", "schema-engine", "oliphaunt-wasix", "wasmer"];
        for (schema, _) in SCHEMAS {
            let crates = crates(&format!("{schema}-schema"), "runtime-tokio,sqlx-postgres");
            assert!(crates.iter().any(|name| name == "sqlx-postgres"), "{schema}");
            assert!(
                !crates.iter().any(|name| more.contains(&name.as_str())),
                "{schema}: {crates:?}"
            );
        }
    }
}
