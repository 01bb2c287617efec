//! The server crashes in the middle of a migration and comes back.

use std::time::{Duration, Instant};

use schema_testing::{TestDatabase, server::Server};

use crate::{
    fixture::{Fixture, ended, nap, until_asleep},
    observe::{notes, story},
};

/// How long a runner may take to see that its server is gone.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_crash_of_the_server_is_an_error_and_the_next_run_does_the_work() {
    let server = Server::start();
    let (inside, inside_name, database) = Fixture::prepared("nap", &server, 60).await;
    let in_transaction = inside.start(&server.url(&inside_name));
    until_asleep(&database, "0s").await;
    let (outside, outside_name, database) = Fixture::prepared("nap_outside", &server, 60).await;
    let without = outside.start(&server.url(&outside_name));
    until_asleep(&database, "0s").await;

    let start = Instant::now();
    server.crash();
    let said = [ended(in_transaction), ended(without)];
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    for (said, expected) in std::iter::zip(&said, ["`m20260101_000002_nap` ", "_nap_outside` "]) {
        assert!(said.expect_failure(1).contains(expected), "{said:#?}");
    }

    let database = TestDatabase::at(&server.url(&inside_name)).await;
    nap(&database, 0).await;
    assert_eq!(notes(&database).await, "first second");
    inside.migrate().await.expect("the next does the work");
    assert_eq!(notes(&database).await, "first second before");

    let database = TestDatabase::at(&server.url(&outside_name)).await;
    nap(&database, 0).await;
    assert_eq!(notes(&database).await, "first second before");
    let refused = format!("{:#}", outside.migrate().await.expect_err("a refusal"));
    assert!(refused.contains("is incomplete"), "{refused}");
    outside.finish().await.expect("the repair");
    assert_eq!(notes(&database).await, "first second before after");
    let story = story(&database).await;
    assert!(story.len() == 2 && story[1] == "nap_outside done 4", "{story:?}");
}
