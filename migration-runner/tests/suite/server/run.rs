//! Runs over several databases: what one does not finish, the others do.

use schema_testing::{TestDatabase, server::server};

use crate::runner::{length, run, run_with};

async fn new_database(stem: &str) -> String {
    server().url(&server().create_database(stem).await)
}

#[tokio::test]
async fn one_that_fails_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let (auth, main) = (new_database("auth").await, new_database("main").await);
    let (ecs, mcp) = (new_database("ecs").await, new_database("mcp").await);
    // A table that the sixth migration of main must not drop.
    let other = "CREATE TABLE users (id integer PRIMARY KEY, name text)";
    TestDatabase::at(&main).await.execute(other).await;
    let variables = [
        ("AUTH_DATABASE_URL", auth.as_str()),
        ("DATABASE_URL", main.as_str()),
        ("ECS_DATABASE_URL", ecs.as_str()),
        ("MCP_DATABASE_URL", mcp.as_str()),
    ];
    let outcome = run_with(folder.path(), &["migrate", "auth", "main", "ecs", "mcp"], &variables);
    let said = outcome.expect_failure(1);
    assert!(
        said.contains(
            "main: `m20250926_102859_create_core_agent_and_notes_tables` failed and was rolled back"
        ),
        "{said}"
    );
    for done in ["auth", "ecs", "mcp"] {
        let done = format!("{done:4}  {} applied", length(done));
        assert!(outcome.stdout.contains(&done), "{outcome:#?}");
    }

    let status = run_with(folder.path(), &["status", "main"], &variables);
    assert!(status.stdout.contains("at m20250115_000005_hnsw_optimization ("), "{status:#?}");
    let journal = run_with(folder.path(), &["history", "main", "--journal"], &variables);
    let failed = journal.stdout.lines().filter(|line| line.contains("  failed  ")).count();
    assert_eq!(failed, 1, "{journal:#?}");
    TestDatabase::at(&main).await.execute("DROP TABLE users").await;
    run_with(folder.path(), &["migrate", "auth", "main", "ecs", "mcp"], &variables)
        .expect_success();
}

#[tokio::test]
async fn a_reader_can_ask_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("ecs").await;
    let admin = TestDatabase::at(&server().url(&name)).await;
    admin.execute("CREATE ROLE auditor LOGIN PASSWORD 'hunter2'").await;
    let url = server().url_as("auditor", "hunter2", &name);
    let empty = run(folder.path(), &["status", "ecs", "-u", &url]);
    assert!(empty.expect_success().contains("at base ("), "{empty:#?}");
    let tables = "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    assert_eq!(admin.texts(tables).await, [""; 0]);

    run(folder.path(), &["migrate", "ecs", "-u", &server().url(&name)]).expect_success();
    admin.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO auditor").await;
    for arguments in [
        &["status", "ecs", "--exit-code"][..],
        &["history", "ecs"],
        &["history", "ecs", "--journal"],
    ] {
        run(folder.path(), &[arguments, &["-u", &url]].concat()).expect_success();
    }
}
