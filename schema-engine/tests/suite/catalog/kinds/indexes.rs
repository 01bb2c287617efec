//! Indexes.

use schema_engine::catalog::listing;

use super::Bench;

#[tokio::test]
async fn indexes() {
    let bench = Bench::new().await;
    let table = "CREATE EXTENSION pg_trgm; CREATE EXTENSION vector;
                 CREATE TABLE t (a integer, b text, c jsonb, d vector(3))";
    let of_table = [
        "extension pg_trgm in public",
        "comment on extension pg_trgm: text similarity measurement and index searching based on trigrams",
        "extension vector in public",
        "comment on extension vector: vector data type and ivfflat and hnsw access methods",
        "table public.t",
        "column public.t 1 a integer",
        "column public.t 2 b text",
        "column public.t 3 c jsonb",
        "column public.t 4 d public.vector(3)",
    ];
    for (definition, expected) in [
        ("INDEX x ON t (a)", "INDEX x ON public.t USING btree (a)"),
        (
            "UNIQUE INDEX x ON t (a DESC, b NULLS FIRST) INCLUDE (c) NULLS NOT DISTINCT WITH (fillfactor = 60) WHERE a > 1",
            "UNIQUE INDEX x ON public.t USING btree (a DESC, b NULLS FIRST) INCLUDE (c) \
             NULLS NOT DISTINCT WITH (fillfactor=60) WHERE (a > 1)",
        ),
        (
            r#"INDEX "X y" ON t (lower(b) COLLATE "C" text_pattern_ops DESC NULLS LAST, (a + 1))"#,
            r#"INDEX "X y" ON public.t USING btree (lower(b) COLLATE "C" text_pattern_ops DESC NULLS LAST, ((a + 1)))"#,
        ),
        (
            "INDEX x ON t USING gin (b gin_trgm_ops, c jsonb_path_ops) WITH (fastupdate = off)",
            "INDEX x ON public.t USING gin (b public.gin_trgm_ops, c jsonb_path_ops) WITH (fastupdate=off)",
        ),
        (
            "INDEX x ON t USING gist (b gist_trgm_ops (siglen = 32))",
            "INDEX x ON public.t USING gist (b public.gist_trgm_ops (siglen=32))",
        ),
        (
            "INDEX x ON t USING hnsw (d vector_cosine_ops) WITH (ef_construction = 200, m = 16)",
            "INDEX x ON public.t USING hnsw (d public.vector_cosine_ops) WITH (ef_construction=200, m=16)",
        ),
        ("INDEX x ON t USING gin (c)", "INDEX x ON public.t USING gin (c)"),
        (
            "INDEX x ON t USING brin (a int4_bloom_ops)",
            "INDEX x ON public.t USING brin (a int4_bloom_ops)",
        ),
    ] {
        let index = format!("index CREATE {expected}");
        let expected = [&of_table[..], &[index.as_str()]].concat();
        bench.check(&format!("{table}; CREATE {definition}"), &expected).await;
    }
}

#[tokio::test]
async fn an_operator_class_is_told_where_another_one_is_the_default_of_the_type() {
    let bench = Bench::new().await;
    // That of text is the default of a varchar; that of a varbit fits a bit, which has its own.
    let catalog = bench
        .catalog(
            "CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN word AS varchar(3);
             CREATE TABLE t (a varchar(3), b bit(3), c mood, d integer[], e word);
             CREATE INDEX x ON t (a, b, c, d, e); CREATE INDEX y ON t (b varbit_ops, (b::text))",
        )
        .await;
    let indexes: Vec<_> =
        listing::lines(&catalog).into_iter().filter(|line| line.starts_with("index")).collect();
    assert_eq!(
        indexes,
        [
            "index CREATE INDEX x ON public.t USING btree (a, b, c, d, e)",
            "index CREATE INDEX y ON public.t USING btree (b varbit_ops, ((b)::text))",
        ]
    );
}
