//! Runs over several databases: what one does not finish, the others do.

use schema_testing::{
    TestDatabase,
    server::{ENCODED_PASSWORD, PASSWORD, server},
};

use crate::runner::{Outcome, length, run, run_with};

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
    let outcome = run_with(folder.path(), &["migrate", "all"], &variables);
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
    run_with(folder.path(), &["migrate", "all"], &variables).expect_success();
}

#[tokio::test]
async fn a_reader_can_ask_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("ecs").await;
    let admin = TestDatabase::at(&server().url(&name)).await;
    admin.execute("CREATE ROLE auditor LOGIN PASSWORD 'look'").await;
    let url = server().url_as("auditor", "look", &name);
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

#[tokio::test]
async fn no_password_is_ever_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let good = server().url(&name);
    let wrong = server().url_as("postgres", "wr%40ng-secret", &name);
    let trace = ("RUST_LOG", "trace");
    let mut outcomes: Vec<Outcome> = Vec::new();
    for url in
        [&good, &wrong, &good.replace(&name, "no_such_database"), "postgres://a:wr@ng-secret@:x/y"]
    {
        for command in ["migrate", "status", "history"] {
            let variables = [("MCP_DATABASE_URL", url), trace];
            outcomes.push(run_with(folder.path(), &[command, "mcp"], &variables));
            let json = [command, "mcp", "--output", "json"];
            outcomes.push(run_with(folder.path(), &json, &variables));
        }
    }
    for outcome in outcomes {
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        for secret in [PASSWORD, ENCODED_PASSWORD, "wr%40ng-secret", "wr@ng-secret", "ng-secret"] {
            assert!(!said.contains(secret), "`{secret}` in {said}");
        }
    }
}

#[tokio::test]
async fn a_password_may_come_from_elsewhere_than_the_url() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let port = server().port();
    let bare = format!("postgres://postgres@127.0.0.1:{port}/{name}");
    let file = folder.path().join("passwords");
    let escaped = PASSWORD.replace(':', "\\:");
    std::fs::write(&file, format!("127.0.0.1:{port}:{name}:postgres:{escaped}\n")).expect("a file");
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .expect("permissions");
    let passfile = ("PGPASSFILE", file.to_str().expect("text"));
    let parameter = format!("{bare}?password={ENCODED_PASSWORD}");
    for variables in [
        &[("MCP_DATABASE_URL", bare.as_str()), passfile][..],
        &[("MCP_DATABASE_URL", bare.as_str()), ("PGPASSWORD", PASSWORD)],
        &[("MCP_DATABASE_URL", parameter.as_str())],
    ] {
        let outcome = run_with(folder.path(), &["status", "mcp"], variables);
        assert!(!outcome.expect_success().contains(PASSWORD), "{outcome:#?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_says_why_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = server().url_as("postgres", "wrong", "postgres");
    let outcome = run(folder.path(), &["migrate", "mcp", "-u", &wrong]);
    let said = outcome.expect_failure(1);
    assert!(
        said.contains("refuses the login of `postgres`; check the user and password"),
        "{said}"
    );
    let outcome = run(folder.path(), &["migrate", "mcp", "-u", &server().url("nowhere")]);
    let said = outcome.expect_failure(1);
    assert!(said.contains("has no database `nowhere`; `setup mcp` creates it"), "{said}");
}
