//! How long a large catalog takes to read, on a quiet machine and in a release build:
//! `cargo test --release -p schema-engine --test suite -- --ignored --nocapture a_thousand`.

use std::time::{Duration, Instant};

use schema_testing::{TestDatabase, catalog};

const LIMIT: Duration = Duration::from_millis(200);

const TABLES: &str = "
    DO $$
    BEGIN
        FOR n IN 1..1000 LOOP
            EXECUTE format('
                CREATE TABLE t%1$s (
                    id serial PRIMARY KEY, a integer NOT NULL DEFAULT 0, b text,
                    c varchar(50) DEFAULT ''x'', d timestamptz DEFAULT now(), e jsonb DEFAULT ''{}'',
                    f numeric(10, 2), g uuid DEFAULT gen_random_uuid(), h boolean NOT NULL,
                    i integer REFERENCES t%2$s (id))', n, greatest(n - 1, 1));
            EXECUTE format('CREATE INDEX ON t%s (a, b DESC) WHERE h', n);
            EXECUTE format('CREATE INDEX ON t%s (lower(b))', n);
            EXECUTE format('CREATE INDEX ON t%s (i)', n);
            -- All in one transaction would need more locks than a server has by default.
            COMMIT;
        END LOOP;
    END
    $$";

#[tokio::test]
#[ignore = "measures, and needs a quiet machine and a release build"]
async fn a_thousand_tables_are_read_at_once() {
    let database = TestDatabase::on_server("speed").await;
    database.execute(TABLES).await;
    let mut fastest = Duration::MAX;
    for _ in 0..10 {
        let start = Instant::now();
        let catalog = catalog::of(&database).await;
        fastest = fastest.min(start.elapsed());
        assert_eq!(catalog.tables.len(), 1000);
    }
    println!("{fastest:?}");
    assert!(fastest < LIMIT, "{fastest:?}");
}
