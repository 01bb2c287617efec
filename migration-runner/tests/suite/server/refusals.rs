//! A server that does not let us do something is quoted, and the way out is said.

use schema_testing::{TestDatabase, server::server};

use crate::runner::run;

#[tokio::test]
async fn a_wrong_password_is_said_without_the_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = server().url_as("postgres", "hunter2", "postgres");
    let nobody = server().url_as("nobody", "hunter2", "postgres");
    for command in ["migrate", "status", "history", "setup", "rollback", "fresh"] {
        let said = "refuses the login of `postgres`; check the user and password in --database-url";
        run(folder.path(), &[command, "mcp", "-u", &wrong]).expect_words(1, &[said]);
        let said = "refuses the login of `nobody`";
        run(folder.path(), &[command, "mcp", "-u", &nobody]).expect_words(1, &[said]);
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_set_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url("nowhere");
    for command in ["migrate", "status", "history", "rollback", "fresh"] {
        let outcome = run(folder.path(), &[command, "mcp", "-u", &url]);
        outcome.expect_words(1, &["has no database `nowhere`; `setup mcp` creates it"]);
    }
    run(folder.path(), &["setup", "mcp", "-u", &url]).expect_success();
}

/// The extension `vector` is not trusted: no GRANT lets a role create it.
#[tokio::test]
async fn a_missing_extension_is_named_with_the_command_for_a_superuser() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("main").await;
    let admin = TestDatabase::at(&server().url(&name)).await;
    let role = format!("owner_{name}");
    admin.execute(&format!("CREATE ROLE {role} LOGIN PASSWORD 'hunter2'")).await;
    admin.execute(&format!("ALTER DATABASE {name} OWNER TO {role}")).await;
    let url = server().url_as(&role, "hunter2", &name);
    let command = format!("CREATE EXTENSION \"vector\"; (in `{name}`)");
    for tried in ["setup", "migrate"] {
        let outcome = run(folder.path(), &[tried, "main", "-u", &url]);
        outcome.expect_words(1, &["let a superuser run", &command]);
    }
    let state = run(folder.path(), &["status", "main", "-u", &url]);
    assert!(state.expect_success().contains("main  at base ("), "{state:#?}");
    admin.execute("CREATE EXTENSION vector").await;
    run(folder.path(), &["migrate", "main", "-u", &url]).expect_success();
}
