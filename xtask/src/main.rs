//! `cargo xtask`: the commands of the checkout. Compiles what a command needs and runs it.

mod cargo;
mod ci;
mod runner;
mod surroundings;
mod test;
mod urls;

use std::{env, process::ExitCode};

const HELP: &str = "\
The commands of the checkout; `cargo xtask help` shows those of the migration runner too.

  cargo xtask <command> [database…]   a command of the migration runner
  cargo xtask test [filter]           the whole suite
  cargo xtask ci                      what CI runs: format, lints, suite, documentation, licences
  cargo xtask checksums [--check]     write, or check, what migrations are known by
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        ["test", ..] => test::run(&arguments[1..]),
        ["ci"] => ci::run(true),
        ["ci", "--skip-tests"] => ci::run(false),
        [] | ["help" | "--help" | "-h"] => {
            eprintln!("{HELP}");
            runner::run(&["--help".to_owned()])
        }
        _ => runner::run(&arguments),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
