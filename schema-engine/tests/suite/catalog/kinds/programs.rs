//! Views, routines, triggers, and objects of other kinds; what stands on what.

use super::Bench;

#[tokio::test]
async fn views() {
    let bench = Bench::new().await;
    bench
        .check(
            "CREATE VIEW v WITH (security_barrier) AS SELECT 1 AS one, 'x'::text AS \"Two\";
             ALTER VIEW v ALTER one SET DEFAULT 2;
             COMMENT ON VIEW v IS 'seen'; COMMENT ON COLUMN v.one IS 'first';
             CREATE MATERIALIZED VIEW m WITH (fillfactor = 50) AS SELECT one FROM v;
             CREATE UNIQUE INDEX x ON m (one); COMMENT ON INDEX x IS 'for refreshing'",
            &[
                "view CREATE MATERIALIZED VIEW public.m (one) WITH (fillfactor=50) AS SELECT one\n   FROM public.v",
                "column public.m 1 one integer",
                "index CREATE UNIQUE INDEX x ON public.m USING btree (one)",
                "comment on index public.m.x: for refreshing",
                "view CREATE VIEW public.v (one, \"Two\") WITH (security_barrier=true) AS \
                 SELECT 1 AS one,\n    'x'::text AS \"Two\"",
                "comment on view public.v: seen",
                "column public.v 1 one integer DEFAULT 2",
                "comment on column public.v.one: first",
                "column public.v 2 \"Two\" text",
            ],
        )
        .await;
}

#[tokio::test]
async fn routines_and_triggers() {
    let bench = Bench::new().await;
    bench
        .check(
            "CREATE FUNCTION f(a integer, VARIADIC b text[] DEFAULT '{}') RETURNS text LANGUAGE sql STABLE
                 AS $$ SELECT 'f' $$; COMMENT ON FUNCTION f(integer, text[]) IS 'says f';
             CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
             CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
             CREATE TABLE x (a integer);
             CREATE TRIGGER \"T\" AFTER UPDATE OF a ON x FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION t('b');
             ALTER TABLE x DISABLE TRIGGER \"T\"; COMMENT ON TRIGGER \"T\" ON x IS 'off'",
            &[
                "table public.x",
                "column public.x 1 a integer",
                "trigger CREATE TRIGGER \"T\" AFTER UPDATE OF a ON public.x FOR EACH ROW \
                 WHEN ((new.a > 1)) EXECUTE FUNCTION public.t('b') DISABLE TRIGGER",
                "comment on trigger public.x.\"T\": off",
                "routine CREATE OR REPLACE FUNCTION public.f(a integer, VARIADIC b text[] \
                 DEFAULT '{}'::text[])\n RETURNS text\n LANGUAGE sql\n STABLE\n\
                 AS $function$ SELECT 'f' $function$",
                "comment on routine public.f(integer, text[]): says f",
                "routine CREATE OR REPLACE PROCEDURE public.p()\n LANGUAGE sql\n\
                 AS $procedure$SELECT 1$procedure$",
                "routine CREATE OR REPLACE FUNCTION public.t()\n RETURNS trigger\n LANGUAGE plpgsql\n\
                 AS $function$BEGIN RETURN NEW; END$function$",
            ],
        )
        .await;
}

#[tokio::test]
async fn objects_of_other_kinds() {
    let bench = Bench::new().await;
    bench
        .check(
            "CREATE TABLE t (a integer, b integer);
             CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
             COMMENT ON AGGREGATE total(integer) IS 'adds';
             CREATE TYPE span AS RANGE (subtype = numeric);
             CREATE STATISTICS s ON a, b FROM t;
             CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
             CREATE POLICY p ON t FOR SELECT USING (a > 1);
             CREATE COLLATION own (LOCALE = 'C');
             CREATE CAST (t AS integer) WITH INOUT",
            &[
                "table public.t",
                "column public.t 1 a integer",
                "column public.t 2 b integer",
                "aggregate public.total(integer)",
                "comment on aggregate public.total(integer): adds",
                "cast (public.t AS integer)",
                "collation public.own",
                "policy p on public.t: CREATE POLICY p ON public.t FOR SELECT TO PUBLIC USING ((a > 1))",
                "rule r on public.t: CREATE RULE r AS\n    ON DELETE TO public.t DO INSTEAD NOTHING;",
                "statistics object public.s: CREATE STATISTICS public.s ON a, b FROM public.t",
                "type public.span",
            ],
        )
        .await;
}

#[tokio::test]
async fn dependencies() {
    let bench = Bench::new().await;
    bench
        .check_dependencies(
            "CREATE EXTENSION vector; CREATE TYPE mood AS ENUM ('a'); CREATE SEQUENCE s;
             CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
             CREATE TABLE t (a serial PRIMARY KEY, b mood[], c integer DEFAULT f() + nextval('s'), d vector(3));
             CREATE INDEX x ON t USING hnsw (d vector_l2_ops);
             CREATE TABLE u (a integer CONSTRAINT to_t REFERENCES t, r t, CONSTRAINT odd CHECK (f() > a));
             CREATE VIEW v AS SELECT b FROM t; CREATE VIEW w AS SELECT v.b FROM v",
            &[
                "view public.v stands on column public.t.b",
                "view public.w stands on column public.v.b",
                "column public.t.a stands on sequence public.t_a_seq",
                "column public.t.b stands on type public.mood",
                "column public.t.c stands on sequence public.s",
                "column public.t.c stands on routine public.f()",
                "column public.t.d stands on extension vector",
                "column public.u.r stands on table public.t",
                "column public.v.b stands on type public.mood",
                "column public.w.b stands on type public.mood",
                "constraint public.t.t_pkey stands on column public.t.a",
                "constraint public.u.odd stands on routine public.f()",
                "constraint public.u.odd stands on column public.u.a",
                "constraint public.u.to_t stands on column public.t.a",
                "constraint public.u.to_t stands on column public.u.a",
                "constraint public.u.to_t stands on constraint public.t.t_pkey",
                "index public.t.x stands on extension vector",
                "index public.t.x stands on column public.t.d",
            ],
        )
        .await;
}
