//! `setup` on a server.

use schema_testing::{TestDatabase, server::server};

use crate::runner::{length, run, run_with};

#[tokio::test]
async fn setup_makes_what_is_missing_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let production = server().url("setup_main");
    let twin = server().url("setup_main_e2e");
    let variables = [("DATABASE_URL", production.as_str()), ("E2E_DATABASE_URL", twin.as_str())];
    let setup = run_with(folder.path(), &["setup", "main", "--e2e"], &variables);
    let said = setup.expect_success();
    for made in [
        "main  created the database `setup_main`",
        "e2e   created the database `setup_main_e2e`",
        "main  created the extension `vector`",
        &format!("e2e   {} applied", length("main")),
    ] {
        assert!(said.contains(made), "{said}");
    }
    let again = run_with(folder.path(), &["setup", "main", "--e2e"], &variables);
    assert!(!again.expect_success().contains("created"), "{again:#?}");
}

#[tokio::test]
async fn what_a_role_may_not_do_is_said_as_a_command_for_one_who_may() {
    let folder = tempfile::tempdir().expect("a folder");
    let admin = TestDatabase::at(&server().url("postgres")).await;
    admin.execute("CREATE ROLE migrator LOGIN PASSWORD 'hunter2'").await;
    let url = server().url_as("migrator", "hunter2", "setup_refused");
    let outcome = run(folder.path(), &["setup", "mcp", "-u", &url]);
    let command = "CREATE DATABASE \"setup_refused\" OWNER \"migrator\";";
    assert!(outcome.expect_failure(1).contains(command), "{outcome:#?}");

    admin.execute("CREATE DATABASE setup_refused OWNER migrator").await;
    let outcome = run(folder.path(), &["setup", "main", "-u", &url]);
    let command = "let a superuser run: CREATE EXTENSION \"vector\"; (in `setup_refused`)";
    assert!(outcome.expect_failure(1).contains(command), "{outcome:#?}");
}
