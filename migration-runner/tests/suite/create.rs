//! `create` writes into a checkout, and never half of what it should.

use std::{fs, path::Path};

use expect_test::expect_file;
use tempfile::TempDir;

use crate::runner::{Outcome, command};

/// The schema crates of this workspace as far as `create` reads them.
fn checkout() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    for file in ["rustfmt.toml", "ecs-schema/src", "mcp-schema/src"] {
        copy(&workspace.join(file), &folder.path().join(file));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(from, to).expect("a copy");
        return;
    }
    for entry in fs::read_dir(from).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        copy(&from.join(&name), &to.join(&name));
    }
}

fn create(checkout: &TempDir, arguments: &[&str]) -> Outcome {
    let mut words = vec!["create"];
    words.extend(arguments);
    let root = checkout.path();
    command(root, &words).env("REYNARD_WORKSPACE", root).output().expect("the binary runs").into()
}

/// The output with the date and time of new names replaced.
fn without_time(text: &str) -> String {
    let now = "mYYYYMMDD_HHMMSS";
    let mut pieces = text.split("m20");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |shown, piece| format!("{shown}m<time>{}", &piece[now.len() - 3..]))
}

#[test]
fn a_migration_is_written_listed_and_printed() {
    let checkout = checkout();
    let mut said = String::new();
    for arguments in [
        &["mcp", "--message", "Try Rust"][..],
        &["mcp", "--message", "Try SQL", "--kind", "sql"],
        &["ecs", "--message", "Try a module", "--module", "naming"],
        &["ecs", "--message", "Try JSON", "--output", "json"],
    ] {
        let outcome = create(&checkout, arguments);
        said.extend(["$ create ", &arguments.join(" "), "\n", outcome.expect_success()]);
    }
    expect_file!["../snapshots/create.txt"].assert_eq(&without_time(&said));
    for (folder, slug) in [
        ("mcp-schema/src/migrations", "try_rust.rs"),
        ("mcp-schema/sql", "try_sql.up.sql"),
        ("mcp-schema/sql", "try_sql.down.sql"),
        ("ecs-schema/src/naming/migrations", "try_a_module.rs"),
        ("ecs-schema/src/ecs/migrations", "try_json.rs"),
    ] {
        let files = fs::read_dir(checkout.path().join(folder)).expect("a folder");
        let names = files.map(|entry| entry.expect("an entry").file_name());
        let found = names.filter(|name| name.to_string_lossy().ends_with(slug)).count();
        assert_eq!(found, 1, "{slug}");
    }
}

#[test]
fn what_cannot_be_created_is_refused() {
    let checkout = checkout();
    for (arguments, said) in [
        (&["mcp"][..], "--message"),
        (&["all", "--message", "Add x"], "`create` takes one database"),
        (&["mcp_e2e", "--message", "Add x"], "mcp"),
        (&["mcp", "--message", "???"], "no letter or digit"),
        (&["mcp", "--message", "Create tool config tables"], "has that name already"),
        (&["ecs", "--message", "Add x", "--module", "nmaing"], "has no module `nmaing`"),
    ] {
        let outcome = create(&checkout, arguments);
        let words = outcome.expect_failure(2);
        assert!(words.contains(said), "{arguments:?}: {words}");
    }
    let elsewhere = create(&checkout, &["auth", "--message", "Add x"]);
    let words = elsewhere.expect_failure(1);
    assert!(words.contains("there is no `auth-schema/src/migrations.rs`"), "{words}");
}

#[test]
fn what_the_entities_say_already_needs_no_migration() {
    let checkout = checkout();
    let arguments = ["mcp", "--message", "Add nothing", "--autogenerate"];
    let outcome = create(&checkout, &arguments);
    let said = "nothing is written: the migrations make what the entities say\n";
    assert_eq!(outcome.expect_success(), said);
    for (rename, words) in [
        ("tools", "`--rename tools` is no rename"),
        ("nowhere=tools", "`--rename nowhere=tools`: the migrations make no table `nowhere`"),
        ("tools=nowhere", "`--rename tools=nowhere`: no entity says a table `nowhere`"),
        ("tools.nix=name", "`--rename tools.nix=name`: the migrations make no column `tools.nix`"),
        ("toolcategoryenum.GIT=X", "no entity says a label `X`"),
    ] {
        let outcome = create(&checkout, &[&arguments[..], &["--rename", rename]].concat());
        outcome.expect_words(2, &[words]);
    }
}

#[test]
fn without_a_shadow_nothing_is_written() {
    let checkout = checkout();
    let list = || fs::read(checkout.path().join("mcp-schema/src/migrations.rs")).expect("a list");
    let before = list();
    for (url, status, words) in [
        ("postgres://127.0.0.1:1/x", 1, &["--shadow-url", "127.0.0.1:1"][..]),
        ("nonsense", 2, &["`--shadow-url` is no URL of a database"]),
    ] {
        let arguments = ["mcp", "--message", "Add x", "--autogenerate", "--shadow-url", url];
        create(&checkout, &arguments).expect_words(status, words);
    }
    assert_eq!(list(), before);
}
