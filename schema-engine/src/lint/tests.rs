//! On embedded databases in memory: what is said of a migration behind one that made two tables.

use sea_orm::ConnectionTrait;

use super::*;
use crate::fixtures;

const BEFORE: &str = "
    CREATE TYPE mood AS ENUM ('sad', 'fine');
    CREATE TABLE people (id int PRIMARY KEY, name varchar(20), age int, mood mood, born timestamptz);
    CREATE TABLE notes (id int PRIMARY KEY, person int, body text);
    CREATE INDEX people_name ON people (name);
    CREATE SEQUENCE numbers;";

/// A migration, and what is said of it.
const CASES: [(&str, &[&str]); 34] = [
    ("CREATE TABLE more (id int PRIMARY KEY, at date); CREATE INDEX more_at ON more (at)", &[]),
    ("ALTER TABLE people ADD note text", &[]),
    ("ALTER TABLE people ADD note text NOT NULL DEFAULT ''", &[]),
    ("ALTER TABLE people ADD at timestamptz NOT NULL DEFAULT now()", &[]),
    ("ALTER TABLE people ALTER name TYPE varchar(40)", &[]),
    ("ALTER TABLE people ALTER name TYPE text", &[]),
    ("ALTER TABLE people ALTER id TYPE bigint", &["rewrite-table: column public.people.id"]),
    (
        "ALTER TABLE people ADD code uuid DEFAULT gen_random_uuid()",
        &["rewrite-table: column public.people.code"],
    ),
    (
        "ALTER TABLE people ALTER born TYPE date USING born::date",
        &[
            "narrow-column: column public.people.born from timestamp with time zone to date",
            "rewrite-table: column public.people.born",
        ],
    ),
    ("ALTER TABLE people ADD note text NOT NULL", &["required-column: column public.people.note"]),
    ("ALTER TABLE people ALTER age SET NOT NULL", &["not-null-on-rows: column public.people.age"]),
    ("ALTER TABLE people DROP age", &["drop-column: column public.people.age"]),
    ("DROP TABLE notes", &["drop-table: table public.notes"]),
    ("CREATE TABLE gone (id int); DROP TABLE gone", &[]),
    (
        "DROP TABLE notes; CREATE TABLE notes (id int PRIMARY KEY, person int, body text)",
        &["drop-table: table public.notes"],
    ),
    ("DROP SEQUENCE numbers", &["drop-sequence: sequence public.numbers"]),
    ("DELETE FROM notes WHERE id = 1", &["delete-rows: table public.notes"]),
    ("TRUNCATE notes", &["truncate-table: table public.notes"]),
    ("UPDATE notes SET body = ''", &[]),
    ("ALTER TABLE people RENAME age TO years", &["rename-column: table public.people"]),
    ("ALTER TABLE people RENAME TO persons", &["rename-table: table public.people"]),
    ("CREATE INDEX people_age ON people (age)", &["index-not-concurrently: table public.people"]),
    (
        "CREATE UNIQUE INDEX people_age ON people (age)",
        &[
            "unique-on-rows: index public.people.people_age",
            "index-not-concurrently: table public.people",
        ],
    ),
    ("-- transaction: none\nCREATE INDEX CONCURRENTLY people_age ON people (age)", &[]),
    (
        "-- transaction: none\nCREATE UNIQUE INDEX CONCURRENTLY people_age ON people (age);\n
         ALTER TABLE people ADD CONSTRAINT people_age UNIQUE USING INDEX people_age",
        &["unique-on-rows: constraint public.people.people_age"],
    ),
    ("DROP INDEX people_name", &["drop-index-not-concurrently: table public.people"]),
    (
        "ALTER TABLE people ADD CONSTRAINT old CHECK (age > 0)",
        &["validate-under-lock: table public.people"],
    ),
    ("ALTER TABLE people ADD CONSTRAINT old CHECK (age > 0) NOT VALID", &[]),
    (
        "ALTER TABLE notes ADD FOREIGN KEY (person) REFERENCES people",
        &[
            "foreign-key-without-index: public.notes (person)",
            "validate-under-lock: table public.notes",
        ],
    ),
    (
        "CREATE TABLE more (id int PRIMARY KEY REFERENCES people, note int REFERENCES notes)",
        &["foreign-key-without-index: public.more (note)"],
    ),
    ("ALTER TYPE mood ADD VALUE 'glad'", &[]),
    ("ALTER TYPE mood RENAME VALUE 'fine' TO 'glad'", &[]),
    (
        "ALTER TYPE mood ADD VALUE 'glad'; UPDATE people SET mood = 'glad'",
        &["enum-value-used-at-once: unsafe use of new value \"glad\" of enum type mood; New enum \
           values must be committed before they can be used."],
    ),
    (
        "-- lint: allow drop-table it was never used\nDROP TABLE notes; ALTER TABLE people DROP age",
        &[
            "drop-table: table public.notes (allowed: it was never used)",
            "drop-column: column public.people.age",
        ],
    ),
];

/// What is said of `up` in a shadow that is emptied before.
async fn said(shadow: &Shadow, up: &'static str) -> Vec<String> {
    let empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
    shadow.session().connection().execute_unprepared(empty).await.expect("it is emptied");
    let lineage = vec![fixtures::sql("m1", BEFORE, ""), fixtures::sql("m2", up, "")];
    let schema = fixtures::of(lineage);
    let found = lint_in(shadow, &schema, &schema.migrations, &["m2"]).await.expect("a verdict");
    let [found] = &found[..] else { panic!("{found:?}") };
    let line = |finding: &Finding| match &finding.allowed {
        Some(reason) => format!("{finding} (allowed: {reason})"),
        None => finding.to_string(),
    };
    found.findings.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hazard_is_found_and_what_is_none_is_not() {
    let shadow = Shadow::open(&Place::Memory).await.expect("a shadow");
    let mut wrong = Vec::new();
    for (up, expected) in CASES {
        let said = said(&shadow, up).await;
        if said != expected {
            wrong.push((up, said));
        }
    }
    shadow.close().await.expect("an end");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_an_entity_reads_is_more_than_a_column() {
    let lineage = [
        fixtures::sql("m1", BEFORE, ""),
        fixtures::sql("m2", "ALTER TABLE people DROP age; ALTER TABLE notes DROP body", ""),
    ];
    let shadow = Shadow::open(&Place::Memory).await.expect("a shadow");
    shadow.replay(&lineage[0], Direction::Up).await.expect("the tables");
    let before = look(&shadow).await.expect("a catalog");
    let recording = shadow.record(&lineage[1], Direction::Up).await.expect("a recording");
    let after = look(&shadow).await.expect("a catalog");
    shadow.close().await.expect("an end");
    let mut entities = before.clone();
    entities.tables.retain(|name, _| name.name == "people");
    let found = findings(&lineage[1], &recording, [&before, &after], &entities);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let expected = [
        "drop-column: column public.notes.body",
        "drop-column-of-entity: column public.people.age",
    ];
    assert_eq!(found, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_an_empty_table_nothing_is_dangerous() {
    let lineage =
        vec![fixtures::sql("m1", BEFORE, ""), fixtures::sql("m2", "DROP TABLE notes", "")];
    let schema = fixtures::of(lineage);
    let found = lint(&schema, &Place::Memory, &["m2"]).await.expect("a verdict");
    assert!(!found[0].findings[0].concerns(&Sizes::default()));
}
