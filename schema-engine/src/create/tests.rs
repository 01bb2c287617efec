//! `create` in small checkouts.

use std::{fs, time::Duration};

use tempfile::TempDir;

use super::*;
use crate::catalog::{QualifiedName, model::Table};

pub(super) const LIST: &str = "\
//! The lineage.

use sea_orm_migration::prelude::*;
use sql_migration::*;

mod m20250115_100000_create_tools;

/// Runs the migrations.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        in_order(SQL_MIGRATIONS, vec![Box::new(m20250115_100000_create_tools::Migration)])
    }
}

/// The migrations that are SQL files.
pub const SQL_MIGRATIONS: &[SqlMigration] = &[];
";

/// A checkout with these files and the settings of rustfmt.
fn checkout(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in [("rustfmt.toml", "use_small_heuristics = \"Max\"\n")].iter().chain(files) {
        let file = folder.path().join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    folder
}

fn mcp() -> TempDir {
    checkout(&[
        ("mcp-schema/src/lib.rs", ""),
        ("mcp-schema/src/migrations.rs", LIST),
        ("mcp-schema/src/migrations/m20250115_100000_create_tools.rs", ""),
    ])
}

fn ecs() -> TempDir {
    let list = "pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {\n    vec![]\n}\n";
    checkout(&[
        ("ecs-schema/src/migrations.rs", "pub const SQL_MIGRATIONS: &[SqlMigration] = &[];\n"),
        ("ecs-schema/src/ecs/migrations.rs", list),
        ("ecs-schema/src/naming/migrations.rs", list),
        ("ecs-schema/src/naming/migrations/m20270101_000000_from_tomorrow.rs", ""),
    ])
}

/// A list of tables, as a schema crate has it.
const TABLES: &str = "/// All.\npub const TABLES: &[&str] = &[\"roles\", \"users\"];\n";

fn adds_a_table(changes: &[Change]) -> Changes<'_> {
    Changes { up: changes, down: &[] }
}

fn new_table() -> [Change; 1] {
    [Change::CreateTable { name: QualifiedName::new("public", "tags"), table: Table::default() }]
}

/// What is in the folder: every file with its text.
pub(super) fn contents(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.push((path.clone(), String::new()));
            found.extend(contents(&path));
        } else {
            found.push((path.clone(), fs::read_to_string(&path).expect("text")));
        }
    }
    found.sort();
    found
}

/// 2026-02-03 04:05:06 UTC, and so many seconds more.
pub(super) fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_770_091_506 + seconds)
}

fn wanted<'a>(schema: &'a str, message: &'a str, kind: Kind) -> Wanted<'a> {
    Wanted { schema, message, kind, module: None, changes: None }
}

/// Creates and says what came of it, as a user would see it; a failure must leave all as it was.
fn check(checkout: &TempDir, wanted: Wanted<'_>, expected: &str) {
    let before = contents(checkout.path());
    let answer = match create(checkout.path(), &wanted, at(0)) {
        Ok(Created { files, registered_in, .. }) => {
            let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            format!("{} in {}", files.join(" and "), registered_in.display())
        }
        Err(error) => {
            assert_eq!(contents(checkout.path()), before, "{error}");
            let cause = std::error::Error::source(&error);
            let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
            format!("error: {error}{cause}").replace(&checkout.path().display().to_string(), "/c")
        }
    };
    assert_eq!(answer, expected, "{wanted:?}");
}

fn read(checkout: &TempDir, file: &str) -> String {
    fs::read_to_string(checkout.path().join(file)).expect("the file is there")
}

#[test]
fn a_rust_migration_is_a_file_and_an_entry() {
    let checkout = mcp();
    check(
        &checkout,
        wanted("mcp", "Add tool notes", Kind::Rust),
        "mcp-schema/src/migrations/m20260203_040506_add_tool_notes.rs in \
         mcp-schema/src/migrations.rs",
    );
    let text = read(&checkout, "mcp-schema/src/migrations/m20260203_040506_add_tool_notes.rs");
    assert!(text.starts_with("//! Add tool notes.\n"), "{text}");
    let listed = LIST
        .replace("_tools;\n", "_tools;\nmod m20260203_040506_add_tool_notes;\n")
        .replace("(SQL_MIGRATIONS, vec![Box", "(\n            SQL_MIGRATIONS,\n            vec![\n                Box")
        .replace(
            "::Migration)])",
            "::Migration),\n                Box::new(m20260203_040506_add_tool_notes::Migration),\n            ],\n        )",
        );
    assert_eq!(read(&checkout, "mcp-schema/src/migrations.rs"), listed);
}

#[test]
fn an_sql_migration_is_a_pair_of_files_and_an_entry() {
    let checkout = mcp();
    check(
        &checkout,
        wanted("mcp", "Add tool notes", Kind::Sql),
        "mcp-schema/sql/m20260203_040506_add_tool_notes.up.sql and \
         mcp-schema/sql/m20260203_040506_add_tool_notes.down.sql in mcp-schema/src/migrations.rs",
    );
    let text = read(&checkout, "mcp-schema/sql/m20260203_040506_add_tool_notes.down.sql");
    assert!(text.starts_with("-- Reverts: Add tool notes.\n"), "{text}");
    let listed = LIST.replace("&[];", "&[sql_migration!(\"m20260203_040506_add_tool_notes\")];");
    assert_eq!(read(&checkout, "mcp-schema/src/migrations.rs"), listed);
}

#[test]
fn a_list_that_was_laid_out_by_hand_stays_so() {
    let by_hand = LIST.replace("    fn migrations", "  fn   migrations");
    let checkout = checkout(&[("mcp-schema/src/migrations.rs", &by_hand)]);
    create(checkout.path(), &wanted("mcp", "Add notes", Kind::Sql), at(0)).expect("it is created");
    let listed =
        by_hand.replace(" = &[];", " = &[sql_migration!(\"m20260203_040506_add_notes\")];");
    assert_eq!(read(&checkout, "mcp-schema/src/migrations.rs"), listed);
}

#[test]
fn a_module_has_a_list_of_its_own() {
    let in_ecs = wanted("ecs", "Add agents", Kind::Rust);
    let in_naming = Wanted { module: Some("naming"), ..in_ecs };
    let checkout = ecs();
    fs::remove_dir_all(checkout.path().join("ecs-schema/src/naming/migrations")).expect("a folder");
    check(
        &checkout,
        in_ecs,
        "ecs-schema/src/ecs/migrations/m20260203_040506_add_agents.rs in \
         ecs-schema/src/ecs/migrations.rs",
    );
    check(
        &checkout,
        in_naming,
        "error: `m20260203_040506_add_agents` has that name already; say it in other words",
    );
    check(
        &checkout,
        Wanted { message: "Add spirits", ..in_naming },
        "ecs-schema/src/naming/migrations/m20260203_040507_add_spirits.rs in \
         ecs-schema/src/naming/migrations.rs",
    );
    check(
        &checkout,
        Wanted { message: "Tidy up", kind: Kind::Sql, ..in_ecs },
        "ecs-schema/sql/m20260203_040508_tidy_up.up.sql and \
         ecs-schema/sql/m20260203_040508_tidy_up.down.sql in ecs-schema/src/migrations.rs",
    );
    check(
        &checkout,
        Wanted { module: Some("names"), ..in_ecs },
        "error: ecs has no module `names` with migrations; it has ecs, naming",
    );
    check(
        &checkout,
        Wanted { kind: Kind::Sql, ..in_naming },
        "error: `--module` is for Rust migrations: the SQL migrations of a schema lie in one folder",
    );
    check(
        &mcp(),
        Wanted { schema: "mcp", ..in_naming },
        "error: mcp has no module `naming` with migrations: leave `--module` out",
    );
}

#[test]
fn the_tables_are_listed_with_the_migration() {
    let up = new_table();
    let changes = Some(adds_a_table(&up));
    let list = format!("{LIST}\n{TABLES}");
    let checkout = checkout(&[("mcp-schema/src/migrations.rs", &list)]);
    let notes = Wanted { changes, ..wanted("mcp", "Add tags", Kind::Sql) };
    let created = create(checkout.path(), &notes, at(0)).expect("it is created");
    assert_eq!(created.tables_in, Some(PathBuf::from("mcp-schema/src/migrations.rs")));
    let listed = list
        .replace("= &[];", "= &[sql_migration!(\"m20260203_040506_add_tags\")];")
        .replace("\"roles\", ", "\"roles\", \"tags\", ");
    assert_eq!(read(&checkout, "mcp-schema/src/migrations.rs"), listed);

    // A module's migration changes two files, or none.
    let checkout = ecs();
    let top = "ecs-schema/src/migrations.rs";
    let list = format!("{}{TABLES}", read(&checkout, top));
    fs::write(checkout.path().join(top), &list).expect("a file");
    let agents = Wanted { changes, ..wanted("ecs", "Add agents", Kind::Rust) };
    fs::remove_dir_all(checkout.path().join("ecs-schema/src/naming/migrations")).expect("a folder");
    let draft = checkout.path().join("ecs-schema/src/ecs/migrations.rs.new");
    fs::create_dir(&draft).expect("a folder");
    check(
        &checkout,
        agents,
        "error: cannot write `ecs-schema/src/ecs/migrations.rs`: Is a directory (os error 21)",
    );
    fs::remove_dir(draft).expect("a folder");
    let created = create(checkout.path(), &agents, at(0)).expect("it is created");
    assert_eq!(created.tables_in, Some(PathBuf::from(top)));
    assert_eq!(read(&checkout, top), list.replace("\"roles\", ", "\"roles\", \"tags\", "));
}

#[test]
fn what_is_taken_or_newer_is_refused() {
    for (file, existing) in [
        ("src/migrations/m20250115_100000_add_notes.rs", "m20250115_100000_add_notes"),
        ("sql/m20250115_100001_add_notes.down.sql", "m20250115_100001_add_notes"),
    ] {
        let checkout = checkout(&[
            ("mcp-schema/src/migrations.rs", LIST),
            (&format!("mcp-schema/{file}"), ""),
        ]);
        let expected = format!("error: `{existing}` has that name already; say it in other words");
        check(&checkout, wanted("mcp", "Add notes", Kind::Rust), &expected);
        check(&checkout, wanted("mcp", "add-notes", Kind::Sql), &expected);
    }
    check(
        &mcp(),
        wanted("mcp", "Create tools", Kind::Sql),
        "error: `m20250115_100000_create_tools` has that name already; say it in other words",
    );
    check(
        &ecs(),
        wanted("ecs", "Add agents", Kind::Rust),
        "error: `m20270101_000000_from_tomorrow` is newer than `m20260203_040506_add_agents` \
         would be: is the clock of this machine right?",
    );
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let notes = wanted("mcp", "Add notes", Kind::Sql);
    check(
        &checkout(&[]),
        notes,
        "error: there is no `mcp-schema/src/migrations.rs` in /c: `create` writes into a checkout",
    );
    check(
        &mcp(),
        Wanted { message: "", ..notes },
        "error: the message `` has no letter or digit to make a name of",
    );
    check(
        &checkout(&[("mcp-schema/src/migrations.rs", "mod a;\nfn (")]),
        notes,
        "error: nothing was written, because `mcp-schema/src/migrations.rs` cannot list it: line \
         2 cannot be read as Rust",
    );
    check(
        &checkout(&[("mcp-schema/src/migrations.rs", "mod a;\n")]),
        Wanted { kind: Kind::Rust, ..notes },
        "error: nothing was written, because `mcp-schema/src/migrations.rs` cannot list it: there \
         is no `vec![…]` in a function called `migrations`; bring it into that shape, or write by \
         hand: `mod m20260203_040506_add_notes;` and \
         `Box::new(m20260203_040506_add_notes::Migration)`",
    );
    // What stands in the way of the last file that is written.
    let blocked = mcp();
    let draft = blocked.path().join("mcp-schema/src/migrations.rs.new");
    fs::create_dir(draft).expect("a folder");
    check(
        &blocked,
        notes,
        "error: cannot write `mcp-schema/src/migrations.rs`: Is a directory (os error 21)",
    );
}

#[test]
fn the_next_one_comes_after_it() {
    let checkout = mcp();
    let kinds = [Kind::Rust, Kind::Sql, Kind::Sql, Kind::Rust];
    for (second, kind) in (0..).zip(kinds) {
        let message = format!("Step {second}");
        create(checkout.path(), &wanted("mcp", &message, kind), at(second)).expect("it is created");
    }
    let listed = read(&checkout, "mcp-schema/src/migrations.rs");
    let entries = [
        "mod m20260203_040506_step_0;\nmod m20260203_040509_step_3;\n",
        "Box::new(m20260203_040506_step_0::Migration),\n                Box::new(m20260203_040509_step_3::Migration),\n            ],\n",
        "&[sql_migration!(\"m20260203_040507_step_1\"), sql_migration!(\"m20260203_040508_step_2\")];\n",
    ];
    for entry in entries {
        assert!(listed.contains(entry), "{entry} in {listed}");
    }
}
