//! Tables, their columns and constraints, and partitions.

use super::Bench;

#[tokio::test]
async fn tables_and_columns() {
    let bench = Bench::new().await;
    bench
        .check(
            r#"CREATE TABLE "A.b" (gone integer, "user" varchar(3) COLLATE "C" DEFAULT 'x' NOT NULL,
                   at timestamptz(3) DEFAULT '2020-01-01 00:00+02', sum integer GENERATED ALWAYS AS (1 + 2) STORED);
               ALTER TABLE "A.b" DROP COLUMN gone;
               ALTER TABLE "A.b" ALTER at SET STATISTICS 7, ALTER "user" SET STORAGE PLAIN,
                   ALTER "user" SET (n_distinct = 5), ALTER "user" SET COMPRESSION pglz;
               COMMENT ON TABLE "A.b" IS 'a table'; COMMENT ON COLUMN "A.b".at IS 'when'"#,
            &[
                r#"table public."A.b""#,
                r#"comment on table public."A.b": a table"#,
                "column public.\"A.b\" 1 \"user\" character varying(3) COMPRESSION pglz COLLATE \"C\" \
                 DEFAULT 'x'::character varying NOT NULL",
                r#"setting of column public."A.b"."user": SET STORAGE PLAIN"#,
                r#"setting of column public."A.b"."user": SET (n_distinct=5)"#,
                "column public.\"A.b\" 2 at timestamp(3) with time zone \
                 DEFAULT '2019-12-31 22:00:00+00'::timestamp with time zone",
                r#"setting of column public."A.b".at: SET STATISTICS 7"#,
                r#"comment on column public."A.b".at: when"#,
                r#"column public."A.b" 3 sum integer GENERATED ALWAYS AS ((1 + 2)) STORED"#,
            ],
        )
        .await;
    bench
        .check(
            "CREATE UNLOGGED TABLE t () WITH (fillfactor = 70); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
             ALTER TABLE t FORCE ROW LEVEL SECURITY; ALTER TABLE t REPLICA IDENTITY NOTHING;
             CREATE TABLE child () INHERITS (t)",
            &[
                "table public.child INHERITS (public.t)",
                "table public.t UNLOGGED fillfactor=70 ROW LEVEL SECURITY FORCED REPLICA IDENTITY NOTHING",
            ],
        )
        .await;
    // What release 18 calls a constraint is part of the column.
    bench
        .check(
            "CREATE TABLE t (a integer CONSTRAINT named NOT NULL,
                             b integer GENERATED ALWAYS AS (a + 1) VIRTUAL)",
            &[
                "table public.t",
                "column public.t 1 a integer NOT NULL",
                "column public.t 2 b integer GENERATED ALWAYS AS ((a + 1)) VIRTUAL",
            ],
        )
        .await;
}

#[tokio::test]
async fn constraints() {
    let bench = Bench::new().await;
    bench
        .check(
            r#"CREATE TABLE t (b text, a integer, PRIMARY KEY (a, b) INCLUDE (c), c text,
                   CONSTRAINT "One" UNIQUE NULLS NOT DISTINCT (c) WITH (fillfactor = 50) DEFERRABLE,
                   CONSTRAINT small CHECK (a < 9) NO INHERIT, CONSTRAINT idle CHECK (a > 0) NOT ENFORCED,
                   CONSTRAINT apart EXCLUDE USING btree (b WITH =) WHERE (a > 1) DEFERRABLE INITIALLY DEFERRED);
               COMMENT ON CONSTRAINT t_pkey ON t IS 'the key'"#,
            &[
                "table public.t",
                "column public.t 1 b text NOT NULL",
                "column public.t 2 a integer NOT NULL",
                "column public.t 3 c text",
                "constraint public.t.\"One\" UNIQUE NULLS NOT DISTINCT (c) WITH (fillfactor=50) DEFERRABLE",
                "constraint public.t.apart EXCLUDE USING btree (b WITH =) WHERE ((a > 1)) \
                 DEFERRABLE INITIALLY DEFERRED",
                "constraint public.t.idle CHECK ((a > 0)) NOT ENFORCED",
                "constraint public.t.small CHECK ((a < 9)) NO INHERIT",
                "constraint public.t.t_pkey PRIMARY KEY (a, b) INCLUDE (c)",
                "comment on constraint public.t.t_pkey: the key",
            ],
        )
        .await;
    bench
        .check(
            "CREATE TABLE parent (a integer, b integer, PRIMARY KEY (a, b));
             CREATE TABLE t (c integer, d integer,
                 CONSTRAINT one FOREIGN KEY (d, c) REFERENCES parent (b, a) MATCH FULL
                     ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
                 CONSTRAINT two FOREIGN KEY (c, d) REFERENCES parent ON DELETE SET NULL (d));
             ALTER TABLE t ADD CONSTRAINT three FOREIGN KEY (c, d) REFERENCES parent NOT VALID",
            &[
                "table public.parent",
                "column public.parent 1 a integer NOT NULL",
                "column public.parent 2 b integer NOT NULL",
                "constraint public.parent.parent_pkey PRIMARY KEY (a, b)",
                "table public.t",
                "column public.t 1 c integer",
                "column public.t 2 d integer",
                "constraint public.t.one FOREIGN KEY (d, c) REFERENCES public.parent (b, a) MATCH FULL \
                 ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED",
                "constraint public.t.three FOREIGN KEY (c, d) REFERENCES public.parent (a, b) NOT VALID",
                "constraint public.t.two FOREIGN KEY (c, d) REFERENCES public.parent (a, b) \
                 ON DELETE SET NULL (d)",
            ],
        )
        .await;
    bench
        .check(
            "CREATE TABLE t (id int4range, at daterange, PRIMARY KEY (id, at WITHOUT OVERLAPS));
             CREATE TABLE u (id int4range, at daterange,
                 CONSTRAINT during FOREIGN KEY (id, PERIOD at) REFERENCES t (id, PERIOD at))",
            &[
                "table public.t",
                "column public.t 1 id int4range NOT NULL",
                "column public.t 2 at daterange NOT NULL",
                "constraint public.t.t_pkey PRIMARY KEY (id, at WITHOUT OVERLAPS)",
                "table public.u",
                "column public.u 1 id int4range",
                "column public.u 2 at daterange",
                "constraint public.u.during FOREIGN KEY (id, PERIOD at) \
                 REFERENCES public.t (id, PERIOD at)",
            ],
        )
        .await;
}

#[tokio::test]
async fn partitions() {
    let bench = Bench::new().await;
    bench
        .check(
            "CREATE TABLE target (id integer PRIMARY KEY);
             CREATE TABLE t (at date, n integer REFERENCES target CHECK (n > 0), PRIMARY KEY (at))
                 PARTITION BY RANGE (at);
             CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
             CREATE TABLE t2 PARTITION OF t DEFAULT PARTITION BY HASH (at);
             CREATE INDEX x ON t (n); CREATE INDEX own ON ONLY t (at);
             CREATE TABLE u (at date CONSTRAINT to_t REFERENCES t)",
            &[
                "table public.t PARTITION BY RANGE (at)",
                "column public.t 1 at date NOT NULL",
                "column public.t 2 n integer",
                "constraint public.t.t_n_check CHECK ((n > 0))",
                "constraint public.t.t_n_fkey FOREIGN KEY (n) REFERENCES public.target (id)",
                "constraint public.t.t_pkey PRIMARY KEY (at)",
                "index CREATE INDEX own ON public.t USING btree (at) INVALID",
                "index CREATE INDEX x ON public.t USING btree (n)",
                "table public.t1 PARTITION OF public.t FOR VALUES FROM ('2020-01-01') TO (MAXVALUE)",
                "column public.t1 1 at date NOT NULL (inherited)",
                "column public.t1 2 n integer (inherited)",
                "constraint public.t1.t1_pkey PRIMARY KEY (at) (inherited)",
                "constraint public.t1.t_n_check CHECK ((n > 0)) (inherited)",
                "constraint public.t1.t_n_fkey FOREIGN KEY (n) REFERENCES public.target (id) (inherited)",
                "index CREATE INDEX t1_n_idx ON public.t1 USING btree (n) (part of public.x)",
                "table public.t2 PARTITION OF public.t DEFAULT PARTITION BY HASH (at)",
                "column public.t2 1 at date NOT NULL (inherited)",
                "column public.t2 2 n integer (inherited)",
                "constraint public.t2.t2_pkey PRIMARY KEY (at) (inherited)",
                "constraint public.t2.t_n_check CHECK ((n > 0)) (inherited)",
                "constraint public.t2.t_n_fkey FOREIGN KEY (n) REFERENCES public.target (id) (inherited)",
                "index CREATE INDEX t2_n_idx ON public.t2 USING btree (n) (part of public.x)",
                "table public.target",
                "column public.target 1 id integer NOT NULL",
                "constraint public.target.target_pkey PRIMARY KEY (id)",
                "table public.u",
                "column public.u 1 at date",
                "constraint public.u.to_t FOREIGN KEY (at) REFERENCES public.t (at)",
            ],
        )
        .await;
}

#[tokio::test]
async fn the_tables_that_say_what_ran_are_left_out() {
    let bench = Bench::new().await;
    bench
        .check(
            "CREATE TABLE seaql_migrations (version text PRIMARY KEY);
             CREATE TABLE migration_journal (id serial, at bigint GENERATED ALWAYS AS IDENTITY);
             COMMENT ON TABLE migration_journal IS 'ours';
             CREATE SCHEMA other; CREATE TABLE other.alembic_version (version_num text);
             CREATE INDEX x ON other.alembic_version (version_num);
             CREATE TEMPORARY TABLE passing (a integer); CREATE TEMPORARY VIEW too AS SELECT 1",
            &["namespace other"],
        )
        .await;
}
