//! On embedded databases in memory.

use super::*;
use crate::{fixtures, shadow::Place};

/// What is said of a lineage of these files, `up` and `down` of each; none has a checksum.
async fn check(files: &[(&'static str, &'static str)], expected: &[&str]) {
    let names = ["m1", "m2", "m3"];
    let migrations = std::iter::zip(names, files);
    let migrations = migrations.map(|(name, (up, down))| fixtures::sql(name, up, down));
    let schema = fixtures::of(migrations.collect());
    let flaws = verify(&schema, &Place::Memory).await.expect("a verdict");
    let flaws = flaws.iter().filter(|flaw| !matches!(flaw, Flaw::Stale { .. }));
    assert_eq!(flaws.map(ToString::to_string).collect::<Vec<_>>(), expected);
}

const NOTES: (&str, &str) = ("CREATE TABLE notes (id int)", "DROP TABLE notes");

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_and_goes_has_no_flaw() {
    let index = ("CREATE INDEX notes_id ON notes (id)", "DROP INDEX notes_id");
    let row = ("INSERT INTO notes VALUES (1)", "DELETE FROM notes");
    check(&[NOTES, index, row], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_and_what_is_lost_is_named() {
    let keeps_its_type = (
        "CREATE TYPE mood AS ENUM ('sad'); ALTER TABLE notes ADD mood mood",
        "ALTER TABLE notes DROP mood",
    );
    let error = "`up` of m2 fails after `down`, what follows it was not verified: `m2` failed in \
                 the shadow at `CREATE TYPE mood AS ENUM ('sad')` (line 1 of m2.up.sql): type \"mood\" already exists";
    let flaws = [
        "`down` of m2 does not bring back what was\n  left: type CREATE TYPE public.mood AS ENUM ('sad')",
        error,
    ];
    check(&[NOTES, keeps_its_type], &flaws).await;

    let empties = ("INSERT INTO notes VALUES (1), (2)", "DELETE FROM notes WHERE id = 2");
    let flaws = [
        "`down` of m2 does not bring back what was\n  left: table public.notes with 1 rows\n  \
         lost: table public.notes with 0 rows",
        "`up` of m2 makes something else after `down`\n  left: table public.notes with 3 rows\n  \
         lost: table public.notes with 2 rows",
    ];
    check(&[NOTES, empties], &flaws).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_reverted_is_said_and_the_rest_is_verified() {
    let stubborn = ("ALTER TABLE notes ADD a int", "ALTER TABLE notes DROP b");
    let index = ("CREATE INDEX notes_a ON notes (a)", "SELECT 1");
    let flaws = [
        "`down` of m2 fails: the revert of `m2` failed in the shadow at `ALTER TABLE notes DROP \
         b` (line 1 of m2.down.sql): column \"b\" of relation \"notes\" does not exist",
        "`down` of m3 does not bring back what was\n  left: index CREATE INDEX notes_a ON \
         public.notes USING btree (a)",
        "`up` of m3 fails after `down`, what follows it was not verified: `m3` failed in the \
         shadow at `CREATE INDEX notes_a ON notes (a)` (line 1 of m3.up.sql): relation \"notes_a\" already exists",
    ];
    check(&[NOTES, stubborn, index], &flaws).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_fails_in_the_shadow_ends_it() {
    let schema = fixtures::of(vec![fixtures::sql("m1", "CREATE TABEL notes (id int)", "")]);
    let error = verify(&schema, &Place::Memory).await.expect_err("no SQL");
    assert!(error.to_string().starts_with("`m1` failed in the shadow at `CREATE TABEL"), "{error}");
}
