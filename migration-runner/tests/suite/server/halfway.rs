//! Migrations outside a transaction: whatever stops them, `status` says so, `migrate` refuses to go
//! on, and `repair` ends them as if nothing had happened.

use std::time::Duration;

use futures_util::future::join_all;
use schema_engine::repair::Incomplete;
use schema_testing::{TestDatabase, catalog, server::server};
use tokio::{task::spawn_blocking, time::sleep};

use crate::{
    fixture::{Fixture, ended, kill},
    observe::{notes, story, until},
    proxy::{Fate, Proxy, Said},
};

const ROWS: &str = "SELECT body FROM notes UNION ALL SELECT name FROM tags ORDER BY 1";

/// How each migration of the steps ends.
const ENDS: [&str; 3] = ["steps done 9", "tags done 0", "behind done"];

const INVALID: &str = "SELECT count(*)::text FROM pg_index WHERE NOT indisvalid";

/// What a migration that is half done must not be mistaken for, and how it is brought to its end.
async fn repaired(fixture: &Fixture) -> Vec<Incomplete> {
    let incomplete = fixture.status().await.expect("the status").incomplete;
    let looked = fixture.look().await.expect("a look");
    let names: Vec<&String> = looked.iter().map(|it| &it.migration).collect();
    assert_eq!(names, incomplete.iter().collect::<Vec<_>>());
    let Some(name) = incomplete.first() else { return looked };
    let refused = format!("{:#}", fixture.migrate().await.expect_err("a refusal"));
    assert!(refused.contains(&format!("`{name}` is incomplete: a run `up`")), "{refused}");
    assert!(refused.contains("`repair mcp` shows what stands and finishes it"), "{refused}");
    fixture.finish().await.expect("the repair");
    looked
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_runner_is_killed_between_any_two_statements() {
    let (fixture, name, calm) = Fixture::prepared("steps", server(), 0).await;
    let proxy = Proxy::to(server(), |_| Fate::Pass);
    let undisturbed = fixture.start(&proxy.url(&name));
    ended(undisturbed).expect_success();
    let said: Vec<Said> = proxy.said().into_iter().filter(Said::is_work).collect();
    let begins = |said: &Said| said.statement.contains("INSERT INTO migration_journal");
    let first = said.iter().position(begins).expect("the first note");
    let expected = (catalog::lines(&calm).await, calm.texts(ROWS).await);
    assert_eq!(story(&calm).await, ENDS);

    let places = &(first..said.len()).collect::<Vec<_>>();
    let quarters = (0..4).map(|quarter| {
        let (said, expected) = (&said, &expected);
        async move {
            for place in places.iter().skip(quarter).step_by(4) {
                killed_before(*place, &said[*place], expected).await;
            }
        }
    });
    join_all(quarters).await;
}

async fn killed_before(place: usize, said: &Said, expected: &(Vec<String>, Vec<String>)) {
    let (fixture, name, database) = Fixture::prepared("steps", server(), 0).await;
    let mut count = 0;
    let proxy = Proxy::to(server(), move |said| {
        count += usize::from(said.is_work());
        if said.is_work() && count == place + 1 { Fate::Hold } else { Fate::Pass }
    });
    let runner = fixture.start(&proxy.url(&name));
    let death = move || {
        proxy.wait();
        kill(runner);
    };
    spawn_blocking(death).await.expect("no panic");

    repaired(&fixture).await;
    fixture.migrate().await.expect("the rest");
    let found = (catalog::lines(&database).await, database.texts(ROWS).await);
    assert_eq!(&found, expected, "killed before {place}: {said:?}");
    assert_eq!(database.text(INVALID).await, "0", "killed before {place}: {said:?}");
    let story = story(&database).await;
    for end in ENDS {
        let count = story.iter().filter(|line| *line == end).count();
        assert_eq!(count, 1, "killed before {place}: {said:?}: {story:?}");
    }
    let others = story.iter().filter(|line| !ENDS.contains(&line.as_str()));
    assert!(others.count() <= 1, "killed before {place}: {said:?}: {story:?}");
}

#[tokio::test]
async fn an_index_that_could_not_be_unique_is_named_and_built_again() {
    let (fixture, name, database) = Fixture::prepared("unique", server(), 0).await;
    database.execute("INSERT INTO notes (body) VALUES ('first')").await;
    let failed = ended(fixture.start(&server().url(&name)));
    let said = failed.expect_failure(1);
    assert!(said.contains("failed halfway, and what it did before stands, 1 of its"), "{said}");
    assert!(said.contains("could not create unique index"), "{said}");

    let looked = fixture.look().await.expect("a look").remove(0);
    assert_eq!((looked.statements_done, looked.statements), (1, Some(3)));
    assert_eq!(looked.invalid_indexes, ["public.notes_body_key"]);
    let next = "CREATE UNIQUE INDEX CONCURRENTLY notes_body_key ON notes (body)";
    assert_eq!(looked.next.as_deref(), Some(next));
    assert!(looked.error.is_some_and(|error| error.contains("could not create unique index")));

    let again = format!("{:#}", fixture.finish().await.expect_err("it fails again"));
    assert!(again.contains("could not create unique index"), "{again}");
    database.execute("DELETE FROM notes WHERE id = 3").await;
    repaired(&fixture).await;
    assert_eq!(database.text(INVALID).await, "0");
    assert_eq!(notes(&database).await, "first second before after");
    let ends = ["unique failed 1", "unique failed 1", "unique done 3"];
    assert_eq!(story(&database).await, ends);
}

#[tokio::test]
async fn a_runner_is_killed_while_it_builds_an_index() {
    let (fixture, name, database) = Fixture::prepared("steps", server(), 0).await;
    let other = TestDatabase::at(&server().url(&name)).await;
    // Whoever writes a table keeps an index that is built beside it from being finished.
    other.execute("BEGIN; INSERT INTO notes (body) VALUES ('beside')").await;
    let pid = other.text("SELECT pg_backend_pid()::text").await;
    let runner = fixture.start(&server().url(&name));
    let builds = "SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)::text";
    until(&database, builds).await;
    // It shows for whom it waits before it is killed.
    sleep(Duration::from_millis(500)).await;
    let said = kill(runner);
    assert!(said.contains(&format!("steps waits for pid {pid} (")), "{said}");

    let alone = "SELECT (count(*) = 2)::text FROM pg_stat_activity
                  WHERE datname = current_database()";
    until(&database, alone).await;
    other.execute("ROLLBACK").await;
    let looked = repaired(&fixture).await.remove(0);
    assert_eq!(looked.invalid_indexes, ["public.notes_body_idx"]);
    fixture.migrate().await.expect("the rest");
    assert_eq!(database.text(INVALID).await, "0");
    assert_eq!(database.texts(ROWS).await, ["first", "last", "last", "new", "one", "second"]);
}
