//! Runs the binary, away from everything that is configured on the machine.

use std::{
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use schema_testing::{
    command::isolated,
    server::{ENCODED_PASSWORD, PASSWORD},
};
use sea_orm_migration::MigratorTrait;

/// Every password that the suite uses: the superuser's, and what each other login has.
const PASSWORDS: [&str; 3] = [PASSWORD, ENCODED_PASSWORD, "hunter2"];

/// What a run left behind; made only where it holds no password.
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

    /// Its stderr, after making sure that it ended with `status` and as a program that knows what
    /// went wrong.
    #[track_caller]
    pub(crate) fn expect_failure(&self, status: i32) -> &str {
        assert_eq!(self.status, status, "{self:#?}");
        for noise in ["panicked", "stack backtrace", "RUST_BACKTRACE"] {
            assert!(!self.said().contains(noise), "{self:#?}");
        }
        &self.stderr
    }

    /// Makes sure that it ended with `status` and said each of `words` on stderr.
    #[track_caller]
    pub(crate) fn expect_words(&self, status: i32, words: &[&str]) {
        let said = self.expect_failure(status);
        for word in words {
            assert!(said.contains(word), "`{word}` is not in: {said}");
        }
    }

    /// All that it printed.
    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("it ended by itself"),
            stdout: printed(output.stdout),
            stderr: printed(output.stderr),
        }
    }
}

/// What a process printed, after making sure that it holds no password; nothing that the suite reads
/// of one comes by another way.
#[track_caller]
pub(crate) fn printed(bytes: impl Into<Vec<u8>>) -> String {
    let text = String::from_utf8(bytes.into()).expect("the output is text");
    assert!(!PASSWORDS.iter().any(|password| text.contains(password)), "{text}");
    text
}

/// The binary with `arguments` in `folder`, without any variable of the surroundings.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = isolated(env!("CARGO_BIN_EXE_migration-runner"), folder);
    command.args(arguments);
    let without = ["serve", "help", "--help", "completions", "create", "check", "checksums"];
    let reads_dotenv = arguments.first().is_some_and(|command| !without.contains(command));
    if reads_dotenv && !arguments.contains(&"--help") {
        command.arg("--no-dotenv");
    }
    command
}

/// The binary without the `--no-dotenv` that the suite gives it elsewhere, to its end.
pub(crate) fn run_with_dotenv(folder: &Path, arguments: &[&str]) -> Outcome {
    let mut command = isolated(env!("CARGO_BIN_EXE_migration-runner"), folder);
    command.args(arguments).output().expect("the binary runs").into()
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

/// Starts the binary; what it says is kept for when it has ended.
pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = command(folder, arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary runs")
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
