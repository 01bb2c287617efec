//! What is wrong in a checkout is named: an entity, a migration; and a rename that nobody tells is
//! no rename.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{scratch::Scratch, terminal};

const TOOLS: &str = "mcp-schema/src/entities/tools.rs";

/// Where `create` writes.
const WRITTEN: [&str; 2] = ["mcp-schema/src/migrations.rs", "mcp-schema/src/migrations"];

#[test]
fn what_is_wrong_is_named_and_nothing_is_written() {
    let scratch = Scratch::of_checkout();
    does_not_compile(&scratch);

    let long = "a_name_of_a_table_that_is_longer_than_the_63_bytes_that_a_name_may_have";
    scratch.edit(
        "auth-schema/src/entities/roles.rs",
        &[("table_name = \"roles\"", &format!("table_name = \"{long}\""))],
    );
    let name = "m20990101_000000_fail";
    scratch.write(&format!("main-schema/sql/{name}.up.sql"), FAILING_SQL);
    scratch.write(&format!("main-schema/sql/{name}.down.sql"), "SELECT 1;");
    scratch.edit(
        "main-schema/src/migrations.rs",
        &[(
            "    sql_migration!(\"m20250115_000005_hnsw_optimization\"),\n",
            &format!("    sql_migration!(\"{name}\"),\n"),
        )],
    );
    scratch.edit(
        "ecs-schema/src/naming/migrations/m20250920_210854_add_naming_configuration_tables.rs",
        &[("async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {", FAILING_RUST)],
    );
    scratch.edit(TOOLS, &[("pub version: String", "pub release: String")]);
    scratch.build();

    for (database, words) in [
        (
            "auth",
            &[
                &format!("error: auth: the table name \"{long}\" of ")[..],
                "auth-schema/src/entities/roles.rs is longer than the 63 bytes of a name",
            ][..],
        ),
        (
            "main",
            &[
                "error: main: `m20990101_000000_fail` failed in the shadow at `CREATE TABLE b (",
                " (line 4 of m20990101_000000_fail.up.sql): type \"imt\" does not exist",
            ],
        ),
        (
            "ecs",
            &[
                "error: ecs: `m20250920_210854_add_naming_configuration_tables` failed in the shadow \
               at `ALTER TABLE nowhere ADD COLUMN x int`: relation \"nowhere\" does not exist",
            ],
        ),
    ] {
        scratch.run(&["check", database]).expect_words(1, words);
    }
    renames(&scratch);
}

const FAILING_SQL: &str = "\
-- Fails.
CREATE TABLE a (id int);
CREATE TABLE b (
    id imt
);
";

const FAILING_RUST: &str = "\
async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared(\"ALTER TABLE nowhere ADD COLUMN x int\").await?;";

/// Cargo's own words are shown.
fn does_not_compile(scratch: &Scratch) {
    scratch.edit(TOOLS, &[("pub version: String", "pub version: Strnig")]);
    let before = written(scratch);
    for arguments in
        [&["check", "mcp"][..], &["create", "mcp", "--autogenerate", "--message", "Add notes"]]
    {
        let outcome = scratch.xtask(arguments);
        outcome.expect_words(
            1,
            &[
                "cannot find type `Strnig`",
                "mcp-schema/src/entities/tools.rs:",
                "cargo build --package migration-runner",
            ],
        );
        assert_eq!(outcome.stdout, "");
    }
    assert_eq!(written(scratch), before);
    scratch.restore(TOOLS);
}

/// `version` of `tools` is gone, and `release` is there.
fn renames(scratch: &Scratch) {
    let words = ["create", "mcp", "--autogenerate", "--message", "Rename it"];
    let question = "only a new name, so that nothing is lost: tools.version=release? [y/N]";
    let flagged = [
        "column public.tools.version is not expected (loses data)\n",
        "if that is a new name, nothing need be lost: `--rename tools.version=release`\n",
    ];
    let dropped = ".drop_column(\"version\")";
    let renamed = ".rename_column(\"version\", \"release\")";

    // Without a terminal nobody is asked.
    let outcome = scratch.run(&words);
    let said = outcome.expect_success();
    assert_eq!(outcome.stderr, "");
    for flag in flagged {
        assert!(said.contains(flag), "{flag} is not in: {said}");
    }
    assert!(generated(scratch).contains(dropped));

    for (answers, is_renamed) in [("\n", false), ("no\n", false), ("y\n", true)] {
        let shown = terminal::run(&scratch.tool(&words), answers);
        assert_eq!(shown.matches(question).count(), 1, "{shown}");
        for flag in flagged {
            assert_eq!(shown.contains(flag), !is_renamed, "{flag}: {shown}");
        }
        let migration = generated(scratch);
        let (there, absent) = if is_renamed { (renamed, dropped) } else { (dropped, renamed) };
        assert!(migration.contains(there) && !migration.contains(absent), "{migration}");
    }
}

/// The text of the migration that was written, which is taken away again.
fn generated(scratch: &Scratch) -> String {
    let name = |path: &Path| path.to_string_lossy().ends_with("_rename_it.rs");
    let mut files = written(scratch).into_iter().filter(|(path, _)| name(path));
    let (Some((_, text)), None) = (files.next(), files.next()) else { panic!("one migration") };
    for part in WRITTEN {
        scratch.restore(part);
    }
    text
}

/// The files of `mcp` that `create` writes.
fn written(scratch: &Scratch) -> Vec<(PathBuf, String)> {
    let [list, folder] = WRITTEN.map(|part| scratch.checkout().join(part));
    let files = fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = files.map(|entry| entry.expect("an entry").path()).collect();
    files.push(list);
    files.sort();
    let text = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a file");
        (path, text)
    };
    files.into_iter().map(text).collect()
}
