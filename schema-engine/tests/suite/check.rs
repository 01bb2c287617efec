//! Entities against migrations, each a text of SQL: what differs, there and back.

use schema_engine::{
    catalog::Catalog,
    check::{Comparison, Report, read_renames},
    desired::States,
};
use schema_testing::TestDatabase;
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};

use crate::diff::bench;

/// What migrations make, what entities make, the renames that are known, and what differs.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

async fn check(cases: &[Case]) {
    let database = TestDatabase::embedded("main").await;
    for case in cases {
        let transaction = database.connection().begin().await.expect("a transaction");
        if let Err(failure) = try_case(&transaction, case).await {
            panic!("{}\nagainst {}\n{failure}", case.0, case.1);
        }
        transaction.rollback().await.expect("a way back");
    }
}

async fn try_case(transaction: &DatabaseTransaction, case: &Case) -> Result<(), String> {
    let (migrations, entities, renames, expected) = case;
    let entities = made(transaction, entities).await?;
    run(transaction, migrations).await?;
    let migrations = bench::catalog(transaction).await;
    let states = States { migrations, entities };
    let renames: Vec<String> = renames.iter().map(|text| (*text).to_owned()).collect();
    let renames = read_renames(&renames, &states).map_err(|error| error.to_string())?;
    let comparison = Comparison::of(&states, &renames);
    let (changes, back) = (comparison.changes(), comparison.changes_back());
    let report = Report::of(&changes, &back);
    let found: Vec<&str> = report.differences.iter().map(|it| it.description.as_str()).collect();
    if found != *expected {
        return Err(format!("expected {expected:#?}, found {found:#?}"));
    }
    bench::apply(transaction, &changes).await?;
    let States { migrations, entities } = states;
    let there = bench::catalog(transaction).await;
    let left = Comparison::of(&States { migrations: there, entities }, &[]).changes();
    if !left.is_empty() {
        return Err(format!("left:\n{}after:\n{}", bench::tell(&left), bench::tell(&changes)));
    }
    bench::apply(transaction, &back).await.map_err(|failure| format!("back: {failure}"))?;
    let left = schema_engine::diff::diff(&bench::catalog(transaction).await, &migrations);
    if left.is_empty() { Ok(()) } else { Err(format!("back left:\n{}", bench::tell(&left))) }
}

async fn made(transaction: &DatabaseTransaction, sql: &str) -> Result<Catalog, String> {
    let attempt = transaction.begin().await.expect("a savepoint");
    run(&attempt, sql).await?;
    let catalog = bench::catalog(&attempt).await;
    attempt.rollback().await.expect("a way back");
    Ok(catalog)
}

async fn run(transaction: &DatabaseTransaction, sql: &str) -> Result<(), String> {
    let outcome = transaction.execute_unprepared(sql).await;
    outcome.map(drop).map_err(|error| format!("{error}\nin: {sql}"))
}

#[tokio::test]
async fn what_an_entity_cannot_say_is_no_difference() {
    check(&[
        ("", "", &[], &[]),
        (
            "CREATE TABLE a (id int PRIMARY KEY, t text, j jsonb, s text GENERATED ALWAYS AS (t) STORED);
             CREATE INDEX ON a USING gin (j); CREATE INDEX ON a (t DESC); CREATE INDEX ON a (id, t);
             CREATE INDEX ON a (lower(t)); CREATE INDEX ON a (t) WHERE id > 1;
             CREATE UNIQUE INDEX ON a (t) WHERE id > 1; CREATE INDEX ON a (t text_pattern_ops);
             ALTER TABLE a ADD CHECK (id > 0), ADD EXCLUDE (id WITH =);
             COMMENT ON TABLE a IS 'c'; COMMENT ON COLUMN a.t IS 'd';
             CREATE VIEW v AS SELECT t FROM a; CREATE MATERIALIZED VIEW m AS SELECT 1;
             CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
             CREATE TRIGGER g BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f();
             CREATE TYPE unused AS ENUM ('a'); CREATE SEQUENCE s; CREATE SCHEMA n;
             CREATE EXTENSION pg_trgm;",
            "CREATE TABLE a (id int PRIMARY KEY, t text, j jsonb);",
            &[],
            &[],
        ),
        (
            "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, u uuid DEFAULT gen_random_uuid(),
                             at timestamptz DEFAULT CURRENT_TIMESTAMP, b int, c int);
             CREATE UNIQUE INDEX odd ON a (c, b); CREATE INDEX other ON a (b); CREATE INDEX third ON a (c);",
            "CREATE TABLE a (id bigserial PRIMARY KEY, u uuid DEFAULT gen_random_uuid(),
                             at timestamptz DEFAULT now(), b int, c int, UNIQUE (b, c));
             CREATE INDEX \"idx-a-b\" ON a (b); CREATE INDEX \"idx-a-c\" ON a (c)",
            &[],
            &[],
        ),
        (
            "CREATE DOMAIN d AS text; CREATE TABLE a (id int PRIMARY KEY, d d UNIQUE);
             CREATE INDEX ON a (d);
             CREATE TABLE b (a int CONSTRAINT odd REFERENCES a ON DELETE CASCADE DEFERRABLE);
             CREATE VIEW v AS SELECT 1 AS one",
            "CREATE TABLE a (id int CONSTRAINT \"pk-a\" PRIMARY KEY, d text UNIQUE);
             CREATE TABLE b (a int CONSTRAINT \"fk-b\" REFERENCES a ON DELETE CASCADE);
             CREATE TABLE v (one int)",
            &[],
            &[],
        ),
        (
            "CREATE TABLE p (id int) PARTITION BY LIST (id);
             CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
            "CREATE TABLE p (id int)",
            &[],
            &[],
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_an_entity_says_is_a_difference() {
    check(&[
        (
            "",
            "CREATE TYPE mood AS ENUM ('good', 'bad');
             CREATE TABLE a (id serial PRIMARY KEY, n varchar(9) UNIQUE, m mood NOT NULL DEFAULT 'good');
             CREATE TABLE b (a int NOT NULL CONSTRAINT \"fk-b-a\" REFERENCES a ON DELETE CASCADE, c int,
                             CONSTRAINT \"pk-b\" PRIMARY KEY (a, c));
             CREATE INDEX \"idx-b-c\" ON b (c)",
            &[],
            &[
                "type public.mood is missing",
                "table public.a is missing",
                "table public.b is missing",
            ],
        ),
        (
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a);
             CREATE VIEW v AS SELECT * FROM b; COMMENT ON VIEW v IS 'c'; CREATE TYPE e AS ENUM ('a');
             CREATE TABLE c (e e, s serial);",
            "CREATE TABLE a (id int PRIMARY KEY)",
            &[],
            &[
                "view public.v is not expected",
                "table public.b is not expected",
                "table public.c is not expected",
                "type public.e is not expected",
            ],
        ),
        (
            "CREATE TABLE a (id int PRIMARY KEY, b varchar(9), c int NOT NULL, d text DEFAULT 'x', e int);
             CREATE VIEW v AS SELECT b FROM a",
            "CREATE TABLE a (id int PRIMARY KEY, b varchar(20) NOT NULL, c bigint, d text DEFAULT 'y', f int)",
            &[],
            &[
                "column public.a.e is not expected",
                "column public.a.f is missing",
                "column public.a.b has the type character varying(9), expected character varying(20)",
                "column public.a.b can be null, and should not",
                "column public.a.c has the type integer, expected bigint",
                "column public.a.c cannot be null, and should",
                "column public.a.d has the default 'x'::text, expected 'y'::text",
            ],
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_an_entity_says_of_keys_and_counting_is_a_difference() {
    check(&[
        (
            "CREATE TABLE a (id int PRIMARY KEY, b int, c int, d int, CONSTRAINT u UNIQUE (b));
             CREATE INDEX i ON a (c);",
            "CREATE TABLE a (id int PRIMARY KEY, b int, c int UNIQUE, d int);
             CREATE INDEX \"idx-a-d\" ON a (d)",
            &[],
            &[
                "constraint public.a.u is not expected",
                "index public.a.a_c_key is missing",
                "index public.a.ix_a_d is missing",
            ],
        ),
        (
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int CONSTRAINT k REFERENCES a, c int REFERENCES a)",
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a ON DELETE SET NULL, c int)",
            &[],
            &[
                "constraint public.b.b_c_fkey is not expected",
                "constraint public.b.k has the definition FOREIGN KEY (a) REFERENCES public.a (id), expected \
                 FOREIGN KEY (a) REFERENCES public.a (id) ON DELETE SET NULL",
            ],
        ),
        (
            "CREATE TABLE a (id int, b int, CONSTRAINT k PRIMARY KEY (id)); CREATE TABLE c (a int REFERENCES a)",
            "CREATE TABLE a (id int, b int NOT NULL, PRIMARY KEY (id, b)); CREATE TABLE c (a int)",
            &[],
            &[
                "constraint public.c.c_a_fkey is not expected",
                "column public.a.b can be null, and should not",
                "constraint public.a.k has the definition PRIMARY KEY (id), expected PRIMARY KEY (id, b)",
            ],
        ),
        (
            "CREATE TYPE e AS ENUM ('a', 'c'); CREATE TABLE t (e e DEFAULT 'a')",
            "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (e e DEFAULT 'a')",
            &[],
            &["type public.e lacks the label 'b' before 'c'"],
        ),
        (
            "CREATE TABLE a (id serial PRIMARY KEY, b int)",
            "CREATE TABLE a (id int PRIMARY KEY, b serial)",
            &[],
            &[
                "sequence public.a_b_seq is missing",
                "column public.a.id has the default nextval('public.a_id_seq'::regclass), expected none",
                "column public.a.b can be null, and should not",
                "column public.a.b has no default, expected nextval('public.a_b_seq'::regclass)",
                "sequence public.a_id_seq is not expected",
            ],
        ),
        (
            "CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY)",
            "CREATE TABLE a (id bigserial PRIMARY KEY); CREATE TABLE b (id bigserial)",
            &[],
            &[
                "sequence public.a_id_seq has the options AS integer, expected none",
                "column public.a.id has the type integer, expected bigint",
                "column public.b.id has the type integer, expected bigint",
            ],
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_stands_on_a_column_goes_with_it_and_nothing_else_does() {
    check(&[(
        "CREATE TABLE a (id int PRIMARY KEY, b int, c int);
         CREATE INDEX kept ON a (c DESC); CREATE INDEX gone ON a (b, c); ALTER TABLE a ADD CHECK (b > c);
         ALTER TABLE a ADD CHECK (c > 0);
         CREATE VIEW v AS SELECT b FROM a; CREATE VIEW w AS SELECT b FROM v; CREATE VIEW x AS SELECT c FROM a;
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER g BEFORE UPDATE OF b ON a FOR EACH ROW EXECUTE FUNCTION f();
         CREATE TRIGGER h BEFORE UPDATE OF c ON a FOR EACH ROW EXECUTE FUNCTION f();",
        "CREATE TABLE a (id int PRIMARY KEY, c int)",
        &[],
        &[
            "trigger public.a.g is not expected",
            "view public.w is not expected",
            "view public.v is not expected",
            "index public.a.gone is not expected",
            "constraint public.a.a_check is not expected",
            "column public.a.b is not expected",
        ],
    )])
    .await;
}

#[tokio::test]
async fn a_rename_is_known_by_option() {
    check(&[
        (
            "CREATE TABLE a (id int PRIMARY KEY, b text); CREATE INDEX i ON a (b DESC);
             CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (e e)",
            "CREATE TABLE z (id int PRIMARY KEY, y text); CREATE TYPE e AS ENUM ('b'); CREATE TABLE t (e e)",
            &["z.b=y", "a=z", "e.a=e.b"],
            &[
                "table public.a is expected to be called public.z",
                "column public.z.b is expected to be called y",
                "type public.e has the label 'a', expected 'b'",
            ],
        ),
    ])
    .await;
}
