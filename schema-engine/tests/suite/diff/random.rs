//! Random pairs of databases: what differs makes the one of the other, and back.
//!
//! `RANDOM_SEED` says where to begin, and `RANDOM_PAIRS` how many pairs to try; several seeds, with
//! commas between, are tried alone.

mod dice;
mod programs;
mod script;
mod tables;
mod types;

use std::env;

use futures_util::{StreamExt as _, stream};
use schema_engine::diff::diff;
use schema_testing::TestDatabase;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, TransactionTrait};

use self::dice::{Dice, Seed};
use super::bench;

/// Runs what can be run of some statements, and says how many cannot.
const ATTEMPT: &str = "
    CREATE FUNCTION pg_temp.attempt(statements text[]) RETURNS integer LANGUAGE plpgsql AS $f$
    DECLARE
        statement text;
        refused integer := 0;
    BEGIN
        FOREACH statement IN ARRAY statements LOOP
            BEGIN
                EXECUTE statement;
            EXCEPTION WHEN OTHERS THEN
                refused := refused + 1;
            END;
        END LOOP;
        RETURN refused;
    END $f$";

/// How many pairs one database is for: what is rolled back stays behind as dead rows, which every look
/// at the catalog passes.
const A_DATABASE: usize = 100;

/// How many failures in a database are looked into.
const TOLD: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn some_random_pairs_are_brought_there_and_back() {
    check(number("RANDOM_PAIRS").unwrap_or(300)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes twenty minutes"]
async fn ten_thousand_random_pairs_are_brought_there_and_back() {
    check(10_000).await;
}

async fn check(pairs: u64) {
    let seeds = seeds(pairs);
    eprintln!("{} pairs from RANDOM_SEED={}", seeds.len(), seeds[0]);
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    let parts: Vec<Vec<u64>> = seeds.chunks(A_DATABASE).map(<[u64]>::to_vec).collect();
    let runs = stream::iter(parts).map(|seeds| tokio::spawn(run_pairs(seeds)));
    let runs: Vec<Run> =
        runs.buffer_unordered(at_once).map(|run| run.expect("no panic")).collect().await;
    let found: usize = runs.iter().map(|run| run.changes).sum();
    let mut failures: Vec<u64> = runs.into_iter().flat_map(|run| run.failures).collect();
    failures.sort_unstable();
    assert!(failures.is_empty(), "{} of {} fail: {failures:?}", failures.len(), seeds.len());
    assert!(found > seeds.len(), "{found} changes are few for {} pairs", seeds.len());
}

/// What came of some pairs.
#[derive(Default)]
struct Run {
    changes: usize,
    failures: Vec<u64>,
}

/// Tries pairs in one database.
async fn run_pairs(seeds: Vec<u64>) -> Run {
    let database = TestDatabase::embedded("main").await;
    database.execute(ATTEMPT).await;
    let mut run = Run::default();
    for seed in seeds {
        let (from, to) = pair(seed);
        match outcome(database.connection(), &from, &to).await {
            Ok(changes) => run.changes += changes,
            Err(failure) => {
                let is_told = run.failures.len() < TOLD;
                let told =
                    if is_told { told(database.connection(), from, to).await } else { failure };
                eprintln!("RANDOM_SEED={seed}: {told}\n");
                run.failures.push(seed);
            }
        }
    }
    run
}

/// Two databases; one pair has next to nothing in common, the next nearly all.
fn pair(seed: u64) -> (Vec<String>, Vec<String>) {
    let mut dice = Dice::new(seed);
    let base = dice.next();
    let changed = *dice.pick(&[3, 10, 30, 60, 100]);
    let from = Seed { base, changed: 0 };
    (script::statements(&from), script::statements(&Seed { base, changed }))
}

/// How many changes lead there.
async fn outcome(
    connection: &DatabaseConnection,
    from: &[String],
    to: &[String],
) -> Result<usize, String> {
    let transaction = connection.begin().await.expect("a transaction");
    let outcome = there_and_back(&transaction, from, to).await;
    transaction.rollback().await.expect("a way back");
    outcome
}

async fn there_and_back(
    transaction: &DatabaseTransaction,
    from: &[String],
    to: &[String],
) -> Result<usize, String> {
    let attempt = transaction.begin().await.expect("a savepoint");
    run(&attempt, to).await;
    let goal = bench::catalog(&attempt).await;
    attempt.rollback().await.expect("a way back");
    run(transaction, from).await;
    let origin = bench::catalog(transaction).await;
    let (changes, reached) = bench::close(transaction, &origin, &goal, diff).await?;
    let back = bench::close(transaction, &reached, &origin, diff).await;
    back.map_err(|failure| format!("back: {failure}"))?;
    Ok(changes.len())
}

async fn run(transaction: &DatabaseTransaction, statements: &[String]) {
    let quoted: Vec<_> =
        statements.iter().map(|sql| format!("'{}'", sql.replace('\'', "''"))).collect();
    let sql = format!("SELECT pg_temp.attempt(ARRAY[{}]::text[])", quoted.join(", "));
    transaction.execute_unprepared(&sql).await.expect("an attempt");
}

/// What fails, with the least of both databases with which something does.
async fn told(connection: &DatabaseConnection, from: Vec<String>, to: Vec<String>) -> String {
    let (from, to) = shrunk(connection, from, to).await;
    let failure = outcome(connection, &from, &to).await.expect_err("it failed before");
    format!("{failure}\nfrom:\n{};\nto:\n{};", from.join(";\n"), to.join(";\n"))
}

/// Leaves away of both databases all without which they fail too, many statements at a time and then
/// fewer.
async fn shrunk(
    connection: &DatabaseConnection,
    from: Vec<String>,
    to: Vec<String>,
) -> (Vec<String>, Vec<String>) {
    let mut sides = [from, to];
    let mut width = sides[0].len().max(sides[1].len()).div_ceil(2);
    loop {
        let before = sides[0].len() + sides[1].len();
        for side in [0, 1] {
            let mut end = sides[side].len();
            while end > 0 {
                let start = end.saturating_sub(width);
                let whole = sides[side].clone();
                sides[side].drain(start..end);
                if outcome(connection, &sides[0], &sides[1]).await.is_ok() {
                    sides[side] = whole;
                }
                end = start;
            }
        }
        if width == 1 && sides[0].len() + sides[1].len() == before {
            let [from, to] = sides;
            return (from, to);
        }
        width = (width / 2).max(1);
    }
}

fn seeds(pairs: u64) -> Vec<u64> {
    let told = env::var("RANDOM_SEED").unwrap_or_else(|_| "1".to_owned());
    let seeds = told.split(',').map(|seed| seed.trim().parse().expect("a number"));
    match seeds.collect::<Vec<u64>>()[..] {
        [first] => (first..first + pairs).collect(),
        ref seeds => seeds.to_vec(),
    }
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}
