//! What each command says, as text and as JSON, at 80 columns and without colour.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
};

use expect_test::expect_file;

use crate::{
    masks::{mask_json, mask_text},
    runner::{command, printed},
};

/// A snapshot's name and the command that it is of, each run after those before it.
const COMMANDS: [(&str, &[&str]); 15] = [
    ("migrate-dry-run", &["migrate", "mcp", "--dry-run"]),
    ("migrate", &["migrate", "mcp"]),
    ("migrate-failed", &["migrate", "mcp", "--to", "nothing"]),
    ("status", &["status", "mcp"]),
    ("history", &["history", "mcp"]),
    ("refresh", &["refresh", "mcp"]),
    ("fresh-dry-run", &["fresh", "mcp", "--dry-run"]),
    ("rollback", &["rollback", "mcp", "--to", "base"]),
    ("status-pending", &["status", "mcp", "--exit-code"]),
    ("fresh", &["fresh", "mcp"]),
    ("reset", &["reset", "mcp"]),
    ("history-journal", &["history", "mcp", "--journal"]),
    ("setup", &["setup", "main"]),
    ("verify", &["verify", "mcp"]),
    ("lint", &["lint", "main", "--migration", "m20250115_000003"]),
];

#[test]
fn text_is_what_was_agreed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, words) in COMMANDS {
        let shown = mask_text(&transcript(folder.path(), words));
        assert!(!shown.contains('\x1b'), "{name} is coloured: {shown}");
        expect_file![snapshot(&format!("text/{name}.txt"))].assert_eq(&shown);
    }
    let served = serve(folder.path(), &["serve", "mcp"], |line| line.starts_with("postgres://"));
    expect_file![snapshot("text/serve.txt")].assert_eq(&mask_text(&served));
}

#[test]
fn json_is_what_was_agreed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, words) in COMMANDS {
        let words = [words, &["--output", "json"]].concat();
        let output = command(folder.path(), &words).env("COLUMNS", "80").output();
        let output = output.expect("the binary runs");
        let document = printed(output.stdout);
        serde_json::from_str::<serde_json::Value>(&document).expect("one document");
        expect_file![snapshot(&format!("json/{name}.json"))].assert_eq(&mask_json(&document));
    }
    let served = serve(folder.path(), &["serve", "mcp", "--output", "json"], |line| line == "}");
    expect_file![snapshot("json/serve.json")].assert_eq(&mask_json(&served));
}

fn snapshot(file: &str) -> String {
    format!("{}/tests/snapshots/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// What a terminal shows of a command: the words, both streams, and the status where it is not 0.
fn transcript(folder: &Path, words: &[&str]) -> String {
    let output = command(folder, words).env("COLUMNS", "80").output().expect("the binary runs");
    let mut shown = format!("$ migration-runner {}\n", words.join(" "));
    for stream in [output.stdout, output.stderr] {
        shown += &printed(stream);
    }
    match output.status.code() {
        Some(0) => shown.replace(&folder.display().to_string(), "<folder>"),
        status => shown + &format!("exit status {}\n", status.expect("it ended by itself")),
    }
}

/// What `serve` says before it waits, up to a line that `is_last`.
fn serve(folder: &Path, words: &[&str], is_last: impl Fn(&str) -> bool) -> String {
    let mut child = command(folder, words)
        .env("COLUMNS", "80")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut said = String::new();
    for line in BufReader::new(child.stdout.take().expect("a pipe")).lines() {
        let line = printed(line.expect("text"));
        said.extend([&line, "\n"]);
        if is_last(&line) {
            break;
        }
    }
    child.kill().expect("it is killed");
    child.wait().expect("an end");
    said
}
