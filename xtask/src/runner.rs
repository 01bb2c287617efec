//! Compiles the migration runner with the schemas that a command names, and runs it.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::cargo;

/// The databases of each schema.
const SCHEMAS: [(&str, [&str; 3]); 4] = [
    ("auth", ["auth", "auth_e2e", ""]),
    ("main", ["main", "e2e", "reynard"]),
    ("ecs", ["ecs", "ecs_e2e", ""]),
    ("mcp", ["mcp", "mcp_e2e", ""]),
];

/// Options whose value stands in the next word.
const WITH_VALUE: [&str; 14] = [
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
    "-u",
];

/// Runs `arguments` as a command of the migration runner.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let (url, arguments) = take_url(arguments, &["-u", "--database-url"]);
    let (shadow_url, arguments) = take_url(&arguments, &["--shadow-url"]);
    let binary = cargo::build("migration-runner", &features(&arguments))?;
    let mut command = Command::new(&binary);
    command.args(&arguments).env("REYNARD_WORKSPACE", cargo::workspace()?);
    command.env("REYNARD_INVOKED_AS", "cargo xtask");
    // Everybody on the machine can read the arguments of a process, and not its environment.
    let urls = [("REYNARD_DATABASE_URL", url), ("REYNARD_SHADOW_URL", shadow_url)];
    command.envs(urls.into_iter().filter_map(|(variable, url)| Some((variable, url?))));
    let status = command.status().with_context(|| format!("cannot run {}", binary.display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Takes the option of these names out of the arguments.
fn take_url(arguments: &[String], names: &[&str]) -> (Option<String>, Vec<String>) {
    let mut rest = Vec::new();
    let mut url = None;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let name = names.iter().find_map(|name| word.strip_prefix(name));
        match name.map(|rest| (rest.is_empty(), rest.strip_prefix('='))) {
            Some((true, _)) => match words.next() {
                Some(value) => url = Some(value.clone()),
                None => rest.push(word.clone()),
            },
            Some((false, Some(value))) => url = Some(value.to_owned()),
            _ => rest.push(word.clone()),
        }
    }
    (url, rest)
}

/// The features of the runner that a command needs: the schemas of the databases that it names,
/// all of them where it names none or something else.
fn features(arguments: &[String]) -> String {
    // It writes files, also for a schema that does not compile at the moment.
    if arguments.iter().find(|word| !word.starts_with('-')).is_some_and(|word| word == "create") {
        return String::new();
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
            ("create mcp --message main", ""),
            ("-v create ecs --kind sql -m auth", ""),
            ("migrate create", "all-schemas,embedded"),
            ("--help", "all-schemas,embedded"),
        ] {
            assert_eq!(features(&words(command)), expected, "{command}");
        }
    }

    #[test]
    fn a_url_is_taken_from_the_arguments() {
        for command in
            ["migrate ecs -u U", "migrate --database-url U ecs", "migrate --database-url=U ecs"]
        {
            let (url, rest) = take_url(&words(command), &["-u", "--database-url"]);
            assert_eq!((url.as_deref(), rest), (Some("U"), words("migrate ecs")), "{command}");
        }
        for command in ["migrate ecs -u", "migrate ecs --user x"] {
            let (url, rest) = take_url(&words(command), &["-u", "--database-url"]);
            assert_eq!((url, rest), (None, words(command)), "{command}");
        }
    }
}
