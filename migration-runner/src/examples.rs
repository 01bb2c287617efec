//! The examples in `--help`, and the test that each command which the README names exists.

/// A command, and what it is written for.
type Example = (&'static str, &'static str);

const GENERAL: &[Example] = &[
    ("migrate ecs", "bring ecs to head"),
    ("migrate all", "bring all production to head"),
    ("rollback ecs --to base", "revert everything"),
    ("status --exit-code", "3 if anything is pending"),
];

const OF_COMMANDS: &[(&str, &[Example])] = &[
    (
        "migrate",
        &[
            ("migrate", "bring production to head"),
            ("migrate ecs mcp_e2e", "bring these to head"),
            ("migrate ecs --to add_initial_data", "end with this one applied"),
            ("migrate main --dry-run", "say what would run"),
            ("migrate main --sql > main.sql", "a script for psql"),
            ("migrate ecs --sql --from base", "and connect to no database"),
        ],
    ),
    (
        "rollback",
        &[
            ("rollback ecs", "revert the newest"),
            ("rollback ecs -n 3", "revert three"),
            ("rollback ecs --to base", "revert everything"),
            ("rollback ecs --sql", "a script for psql"),
            ("rollback ecs --yes-destroy reynard_ecs", "in production"),
        ],
    ),
    (
        "status",
        &[
            ("status", "where production stands"),
            ("status all_e2e --exit-code", "3 if a twin lags"),
        ],
    ),
    ("history", &[("history ecs", "the lineage"), ("history ecs --journal", "every run ever")]),
    (
        "create",
        &[
            ("create mcp -m \"Add tool notes\"", "in Rust, to fill in"),
            ("create mcp -m \"Add notes\" --autogenerate", "from the entities"),
            ("create main -m \"Count notes\" --kind sql", "in SQL"),
        ],
    ),
    (
        "lint",
        &[
            ("lint main", "what is pending"),
            ("lint main --migration hnsw_optimization", "this one"),
        ],
    ),
    ("check", &[("check", "3 if entities and migrations differ"), ("check ecs", "one schema")]),
    (
        "diff",
        &[
            ("diff main", "3 if it was changed by hand"),
            ("diff ecs --entities", "the SQL that `check ecs` is about"),
        ],
    ),
    ("verify", &[("verify", "every lineage, in memory"), ("verify ecs", "one")]),
    (
        "setup",
        &[
            ("setup all --e2e", "eight databases"),
            ("setup main --app-role reynard_app", "let an application in"),
            ("setup ecs --seed-rows", "put back lost rows"),
        ],
    ),
    (
        "doctor",
        &[
            ("doctor", "all of production"),
            ("doctor main --app-role reynard_app", "and what the role may do"),
        ],
    ),
    ("fresh", &[("fresh ecs_e2e", "begin the twin again")]),
    ("refresh", &[("refresh ecs", "try every `down` and every `up`")]),
    (
        "adopt",
        &[
            ("adopt ecs", "if nothing differs"),
            ("adopt main --mend", "after making it so"),
            ("adopt main --accept-differences", "as it is"),
        ],
    ),
    (
        "repair",
        &[("repair ecs", "what stands, half done"), ("repair ecs --finish", "go on behind it")],
    ),
    ("reset", &[("reset ecs", "leave nothing applied")]),
    ("serve", &[("serve ecs --port 5455", "its URL stays the same")]),
    ("completions", &[("completions bash", "a script for bash")]),
];

const EXIT_STATUS: &str = "\
Exit status: 0 done, 1 failed, 2 wrong usage, 3 found something,
4 held by another process, 5 destructive and not confirmed.";

/// Adds examples to every command of `command`, for a user who calls the tool `invoked_as`.
pub(crate) fn add(mut command: clap::Command, invoked_as: &str) -> clap::Command {
    for (name, examples) in OF_COMMANDS {
        if command.find_subcommand(name).is_some() {
            let text = text(examples, invoked_as);
            command = command.mut_subcommand(name, |subcommand| subcommand.after_help(text));
        }
    }
    command.after_help(format!("{}\n\n{EXIT_STATUS}", text(GENERAL, invoked_as)))
}

fn text(examples: &[Example], invoked_as: &str) -> String {
    let width = examples.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    let line =
        |(command, purpose): &Example| format!("\n  {invoked_as} {command:width$}  {purpose}");
    format!("Examples:{}", examples.iter().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    fn assert_parses(command: &str) {
        let words = command.split('"').enumerate().flat_map(|(index, piece)| {
            // Every second piece stood in quotes and is one word.
            let words: Vec<&str> =
                if index % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() };
            words
        });
        let words = std::iter::once("migration-runner").chain(words);
        if let Err(error) = Cli::try_parse_from(words) {
            panic!("{command}: {error}");
        }
    }

    #[test]
    fn every_example_is_a_command() {
        let of_commands = OF_COMMANDS.iter().flat_map(|(_, examples)| *examples);
        for (command, _) in GENERAL.iter().chain(of_commands) {
            if cfg!(feature = "embedded") || !command.starts_with("serve") {
                assert_parses(command);
            }
        }
    }

    #[test]
    fn every_example_fits_in_a_line() {
        let of_commands = OF_COMMANDS.iter().map(|(_, examples)| *examples);
        for examples in of_commands.chain([GENERAL]) {
            for line in text(examples, "migration-runner").lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }

    #[test]
    fn every_successor_of_an_old_command_is_a_command() {
        let table = include_str!("../../README.md")
            .lines()
            .skip_while(|line| !line.starts_with("| before | now |"))
            .take_while(|line| line.starts_with('|'));
        let cells = table.filter_map(|line| line.split(" | ").nth(1));
        let mut parsed = 0;
        for command in cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
            if let Some(command) = command.strip_prefix("cargo xtask ") {
                assert_parses(command);
                parsed += 1;
            }
        }
        assert!(parsed >= 20, "the table names {parsed} commands");
    }
}
