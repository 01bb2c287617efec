//! Every kind of object that a migration can leave behind has a line in the catalog.

use schema_testing::{TestDatabase, catalog};

/// SQL, and the lines that it adds.
const CASES: [(&str, &[&str]); 16] = [
    (
        "CREATE TABLE t (id SERIAL PRIMARY KEY, name VARCHAR(5) NOT NULL DEFAULT 'x')",
        &[
            "column t.id 1 integer not null default nextval('t_id_seq'::regclass) identity – generated –",
            "column t.name 2 character varying(5) not null default 'x'::character varying identity – generated –",
            "constraint t.t_pkey PRIMARY KEY (id)",
            "object sequence t_id_seq",
            "object table t",
            "sequence t_id_seq integer owned by column id of table t",
        ],
    ),
    (
        "ALTER TABLE t ADD COLUMN double INTEGER GENERATED ALWAYS AS (id * 2) STORED",
        &["column t.double 3 integer default (id * 2) identity – generated s"],
    ),
    (
        "ALTER TABLE t ADD CONSTRAINT short CHECK (name <> '') NOT VALID",
        &["constraint t.short CHECK (((name)::text <> ''::text)) NOT VALID"],
    ),
    (
        "CREATE INDEX i ON t (lower(name)) WHERE id > 0",
        &["index t.i CREATE INDEX i ON public.t USING btree (lower((name)::text)) WHERE (id > 0)"],
    ),
    ("ALTER TABLE t SET (fillfactor = 50)", &["options of t {fillfactor=50}"]),
    ("COMMENT ON TABLE t IS 'a'", &["comment on table t a"]),
    ("COMMENT ON COLUMN t.id IS 'b'", &["comment on column id of table t b"]),
    ("COMMENT ON INDEX i IS 'c'", &["comment on index i c"]),
    ("COMMENT ON CONSTRAINT short ON t IS 'd'", &["comment on constraint short on table t d"]),
    (
        "CREATE FUNCTION f() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
         COMMENT ON FUNCTION f() IS 'e'",
        &[
            "comment on function f() e",
            "function CREATE OR REPLACE FUNCTION public.f()\n RETURNS trigger\n LANGUAGE plpgsql\n\
             AS $function$BEGIN RETURN NULL; END$function$\n",
            "object function f()",
        ],
    ),
    (
        "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        &[
            "trigger t.g CREATE TRIGGER g AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION f() \
           enabled O",
        ],
    ),
    (
        "CREATE VIEW v AS SELECT 1 AS one",
        &[
            "column v.one 1 integer default – identity – generated –",
            "object view v",
            "view v  SELECT 1 AS one;",
        ],
    ),
    ("CREATE TYPE e AS ENUM ('a', 'b')", &["object type e", "type e a, b"]),
    ("CREATE DOMAIN d AS TEXT", &["object type d"]),
    ("CREATE SCHEMA other", &["namespace other"]),
    (
        "CREATE EXTENSION vector; COMMENT ON EXTENSION vector IS 'f'",
        &["comment on extension vector f", "extension vector"],
    ),
];

async fn check(database: &TestDatabase) {
    assert_eq!(catalog::lines(database).await, [""; 0]);
    for (sql, added) in CASES {
        let before = catalog::lines(database).await;
        database.execute(sql).await;
        let added: Vec<_> = added.iter().map(|line| format!("+ {line}")).collect();
        let difference = catalog::difference(&before, &catalog::lines(database).await);
        assert_eq!(difference, added, "{sql}");
    }
    let own = "CREATE TABLE seaql_migrations (version VARCHAR PRIMARY KEY);
               CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)";
    let before = catalog::lines(database).await;
    database.execute(own).await;
    assert_eq!(catalog::lines(database).await, before);
}

#[tokio::test]
async fn each_kind_of_object_has_its_lines() {
    check(&TestDatabase::embedded("main").await).await;
}

mod server {
    use super::*;

    #[tokio::test]
    async fn each_kind_of_object_has_its_lines() {
        check(&TestDatabase::on_server("catalog").await).await;
    }
}
