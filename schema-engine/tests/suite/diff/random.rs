//! Random pairs of databases: what differs makes the one of the other, and back.
//!
//! `RANDOM_SEED` says where to begin, and `RANDOM_PAIRS` how many pairs to try.

mod dice;
mod programs;
mod script;
mod tables;
mod types;

use std::env;

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

#[tokio::test]
async fn some_random_pairs_are_brought_there_and_back() {
    check(number("RANDOM_PAIRS").unwrap_or(90)).await;
}

#[tokio::test]
#[ignore = "takes the better part of an hour"]
async fn ten_thousand_random_pairs_are_brought_there_and_back() {
    check(10_000).await;
}

async fn check(pairs: u64) {
    let database = TestDatabase::embedded("main").await;
    database.execute(ATTEMPT).await;
    let first = number("RANDOM_SEED").unwrap_or(1);
    let mut failures = Vec::new();
    let mut found = 0_u64;
    for seed in first..first + pairs {
        let (from, to) = pair(seed);
        match outcome(database.connection(), &from, &to).await {
            Ok(changes) => found += changes,
            Err(failure) => {
                let (from, to) = shrunk(database.connection(), from, to).await;
                let left = outcome(database.connection(), &from, &to).await;
                failures.push(format!(
                    "RANDOM_SEED={seed}: {}\nfrom:\n{};\nto:\n{};",
                    left.err().unwrap_or(failure),
                    from.join(";\n"),
                    to.join(";\n")
                ));
            }
        }
        assert!(failures.len() < 6, "{}", failures.join("\n\n"));
    }
    assert!(failures.is_empty(), "{} of {pairs}:\n{}", failures.len(), failures.join("\n\n"));
    assert!(found > pairs, "{found} changes are few for {pairs} pairs");
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
) -> Result<u64, String> {
    let transaction = connection.begin().await.expect("a transaction");
    let outcome = there_and_back(&transaction, from, to).await;
    transaction.rollback().await.expect("a way back");
    outcome
}

async fn there_and_back(
    transaction: &DatabaseTransaction,
    from: &[String],
    to: &[String],
) -> Result<u64, String> {
    let attempt = transaction.begin().await.expect("a savepoint");
    run(&attempt, to).await;
    let goal = bench::catalog(&attempt).await;
    attempt.rollback().await.expect("a way back");
    run(transaction, from).await;
    let origin = bench::catalog(transaction).await;
    let (changes, reached) = bench::close(transaction, &origin, &goal, diff).await?;
    let back = bench::close(transaction, &reached, &origin, diff).await;
    back.map_err(|failure| format!("back: {failure}"))?;
    Ok(changes.len() as u64)
}

async fn run(transaction: &DatabaseTransaction, statements: &[String]) {
    let quoted: Vec<_> =
        statements.iter().map(|sql| format!("'{}'", sql.replace('\'', "''"))).collect();
    let sql = format!("SELECT pg_temp.attempt(ARRAY[{}]::text[])", quoted.join(", "));
    transaction.execute_unprepared(&sql).await.expect("an attempt");
}

/// Leaves away of both databases all without which they fail too.
async fn shrunk(
    connection: &DatabaseConnection,
    mut from: Vec<String>,
    mut to: Vec<String>,
) -> (Vec<String>, Vec<String>) {
    loop {
        let before = from.len() + to.len();
        for is_from in [true, false] {
            let mut place = if is_from { from.len() } else { to.len() };
            while place > 0 {
                place -= 1;
                let side = if is_from { &mut from } else { &mut to };
                let left = side.remove(place);
                if outcome(connection, &from, &to).await.is_ok() {
                    let side = if is_from { &mut from } else { &mut to };
                    side.insert(place, left);
                }
            }
        }
        if from.len() + to.len() == before {
            return (from, to);
        }
    }
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}
