//! Runs the binary, away from everything that is configured on the machine.

use std::{
    path::Path,
    process::{Command, Output},
};

use schema_testing::command::isolated;
use sea_orm_migration::MigratorTrait;

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// Its stdout, after making sure that it succeeded.
    #[track_caller]
    pub(crate) fn expect_success(&self) -> &str {
        assert_eq!(self.status, 0, "{self:#?}");
        &self.stdout
    }

    /// Its stderr, after making sure that it ended with `status`.
    #[track_caller]
    pub(crate) fn expect_failure(&self, status: i32) -> &str {
        assert_eq!(self.status, status, "{self:#?}");
        &self.stderr
    }
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the output is text");
        Self {
            status: output.status.code().expect("it ended by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// The binary with `arguments` in `folder`, without any variable of the surroundings.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = isolated(env!("CARGO_BIN_EXE_migration-runner"), folder);
    command.args(arguments);
    let without = ["serve", "help", "--help", "completions", "create", "checksums"];
    let reads_dotenv = arguments.first().is_some_and(|command| !without.contains(command));
    if reads_dotenv && !arguments.contains(&"--help") {
        command.arg("--no-dotenv");
    }
    command
}

/// Runs the binary to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Outcome {
    run_with(folder, arguments, &[])
}

/// Runs the binary to its end with these variables.
pub(crate) fn run_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let mut command = command(folder, arguments);
    command.envs(variables.iter().copied());
    command.output().expect("the binary runs").into()
}

/// How many migrations the lineage of a schema has.
pub(crate) fn length(schema: &str) -> usize {
    match schema {
        "auth" => auth_schema::Migrator::migrations().len(),
        "ecs" => ecs_schema::Migrator::migrations().len(),
        "main" => main_schema::Migrator::migrations().len(),
        "mcp" => mcp_schema::Migrator::migrations().len(),
        _ => panic!("there is no schema `{schema}`"),
    }
}

/// `text` with every duration written as `<time>`, whatever its width.
pub(crate) fn without_times(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for index in 1..words.len() {
            let unit = words[index].trim_end_matches(')').to_owned();
            let number = words[index - 1].trim_start_matches('(').to_owned();
            if (unit == "ms" || unit == "s") && number.parse::<f64>().is_ok() {
                words[index - 1] = words[index - 1].replace(&number, "");
                words[index] = words[index].replace(&unit, "<time>");
            }
        }
        let words: Vec<String> = words.into_iter().filter(|word| word != "(").collect();
        lines.push(words.join(" ").replace(" (<time>)", " <time>").replace(" <time>)", " <time>"));
    }
    // The column of times is as wide as its widest; one space is enough to compare.
    let joined = lines.join("\n");
    let mut text = joined.clone();
    while text.contains("  <time>") {
        text = text.replace("  <time>", " <time>");
    }
    text + "\n"
}
