//! The binary is killed between any two statements of any migration, and the next run knows nothing
//! of it.

use schema_testing::{TestDatabase, catalog, server::server};

use crate::{
    fixture::kill,
    proxy::{Fate, Proxy, Said},
    runner::{length, run, start},
};

/// Rows of every table but those that tell what ran.
const ROWS: &str = "
    SELECT format('%s: %s rows', oid::regclass, (xpath('/row/n/text()', query_to_xml(
               format('SELECT count(*) AS n FROM %s', oid::regclass), false, true, '')))[1])
      FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND relname NOT IN ('seaql_migrations', 'migration_journal')
     ORDER BY 1";

/// How often the journal has which end of each migration, and how often the history has it.
const STORY: &str = "
    SELECT format('%s %s %s', migration, outcome,
                  (SELECT count(*) FROM seaql_migrations WHERE version = migration))
      FROM migration_journal ORDER BY id";

#[tokio::test]
async fn auth_is_killed_anywhere() {
    check("auth").await;
}

#[tokio::test]
async fn ecs_is_killed_anywhere() {
    check("ecs").await;
}

#[tokio::test]
async fn main_is_killed_anywhere() {
    check("main").await;
}

#[tokio::test]
async fn mcp_is_killed_anywhere() {
    check("mcp").await;
}

async fn check(database: &'static str) {
    let folder = tempfile::tempdir().expect("a folder");
    let (calm, transactions) = undisturbed(database).await;
    assert_eq!(transactions.len(), length(database));
    let name = server().create_database(database).await;
    let url = server().url(&name);
    let stormy = TestDatabase::at(&url).await;
    for (applied, transaction) in transactions.iter().enumerate() {
        for place in places(transaction) {
            killed_before(place, database, &name);
            let is_committed = place == transaction.len();
            let expected = applied + usize::from(is_committed);
            assert_eq!(count(&stormy, "migration_journal").await, expected, "{transaction:#?}");
            assert_eq!(count(&stormy, "seaql_migrations").await, expected, "{transaction:#?}");
        }
    }
    let rest = run(folder.path(), &["migrate", database, "-u", &url]);
    assert!(rest.expect_success().contains("nothing to do, at "), "{rest:#?}");
    let difference =
        catalog::difference(&catalog::lines(&calm).await, &catalog::lines(&stormy).await);
    assert_eq!(difference, [""; 0], "{database}");
    assert_eq!(calm.texts(ROWS).await, stormy.texts(ROWS).await, "{database}");
    assert_eq!(calm.texts(STORY).await, stormy.texts(STORY).await, "{database}");
}

/// Migrates a new database; gives it, and of each migration what was said in its transaction,
/// `COMMIT` being the last.
async fn undisturbed(database: &'static str) -> (TestDatabase, Vec<Vec<String>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database(database).await;
    let proxy = Proxy::to(server(), |_| Fate::Pass);
    run(folder.path(), &["migrate", database, "-u", &proxy.url(&name)]).expect_success();
    let said: Vec<Said> = proxy.said().into_iter().filter(Said::is_work).collect();
    let transactions = said
        .split(Said::begins_migration)
        .skip(1)
        .map(|transaction| {
            let said = transaction.iter().map(|said| said.statement.clone());
            let end = transaction.iter().position(|said| said.statement == "COMMIT");
            said.take(end.expect("an end") + 1).collect()
        })
        .collect();
    (TestDatabase::at(&server().url(&name)).await, transactions)
}

/// Before which statements of a transaction its runner is killed: those behind the first, a middle
/// and the last of the migration itself, `COMMIT`, and whatever comes behind it.
fn places(transaction: &[String]) -> Vec<usize> {
    let is_note = |said: &String| said.contains("\"seaql_migrations\"");
    let own = transaction.iter().position(is_note).expect("a note of the migration");
    let mut places = vec![1, own.div_ceil(2), own, transaction.len() - 1, transaction.len()];
    places.dedup();
    places
}

/// Starts the next migration and kills the binary where it would say the statement at `place`.
fn killed_before(place: usize, database: &str, name: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut count = None;
    let proxy = Proxy::to(server(), move |said| {
        if said.begins_migration() {
            count = Some(0);
            return Fate::Pass;
        }
        let Some(count) = count.as_mut().filter(|_| said.is_work()) else { return Fate::Pass };
        *count += 1;
        // The first statement behind `SET LOCAL` is at place 0.
        if *count == place + 1 { Fate::Hold } else { Fate::Pass }
    });
    let runner = start(folder.path(), &["migrate", database, "-n", "1", "-u", &proxy.url(name)]);
    proxy.wait();
    kill(runner);
}

async fn count(database: &TestDatabase, table: &str) -> usize {
    let exists = format!("SELECT (to_regclass('{table}') IS NOT NULL)::text");
    if database.text(&exists).await == "false" {
        return 0;
    }
    let rows = format!("SELECT count(*)::text FROM {table}");
    database.text(&rows).await.parse().expect("a number")
}
