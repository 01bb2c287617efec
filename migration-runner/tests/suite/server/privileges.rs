//! Two roles: one that migrates, one that an application logs in with.

use schema_testing::{TestDatabase, server::server};

use crate::runner::run;

/// A database that `migrator` owns, with an application role beside it.
struct Roles {
    name: String,
    migrator: String,
    application: String,
}

impl Roles {
    async fn new(stem: &str) -> Self {
        let name = server().create_database(stem).await;
        let (migrator, application) = (format!("migrator_{name}"), format!("app_{name}"));
        let admin = TestDatabase::at(&server().url(&name)).await;
        for role in [&migrator, &application] {
            admin.execute(&format!("CREATE ROLE {role} LOGIN PASSWORD 'hunter2'")).await;
        }
        admin.execute(&format!("ALTER DATABASE {name} OWNER TO {migrator}")).await;
        Self { name, migrator, application }
    }

    fn migrator(&self) -> String {
        server().url_as(&self.migrator, "hunter2", &self.name)
    }

    async fn application(&self) -> TestDatabase {
        TestDatabase::at(&server().url_as(&self.application, "hunter2", &self.name)).await
    }
}

#[tokio::test]
async fn an_application_uses_what_is_there_and_what_comes_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let roles = Roles::new("ecs").await;
    let url = roles.migrator();
    run(folder.path(), &["migrate", "ecs", "--to", "initial_ecs_schema", "-u", &url])
        .expect_success();
    let setup = ["setup", "ecs", "--app-role", &roles.application, "-u", &url];
    let said = run(folder.path(), &setup);
    assert!(said.expect_success().contains("may use every table and sequence"), "{said:#?}");
    run(folder.path(), &setup).expect_success();

    let later = TestDatabase::at(&url).await;
    later.execute("CREATE TABLE later (id serial PRIMARY KEY, name text)").await;
    let application = roles.application().await;
    application.execute("INSERT INTO later (name) VALUES ('a')").await;
    application.execute("UPDATE naming_spirits SET weight = 2 WHERE name = 'fox'").await;
    application.execute("DELETE FROM later").await;
    assert_eq!(application.text("SELECT count(*)::text FROM agents").await, "0");
    for forbidden in [
        "SELECT * FROM seaql_migrations",
        "SELECT * FROM migration_journal",
        "DELETE FROM seaql_migrations",
        "SELECT nextval('migration_journal_id_seq')",
        "CREATE TABLE mine (id integer)",
        "DROP TABLE later",
        "TRUNCATE agents",
    ] {
        application.refuse(forbidden).await;
    }
}

#[tokio::test]
async fn the_tools_tables_stay_closed_where_the_defaults_came_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let roles = Roles::new("mcp").await;
    let url = roles.migrator();
    let database = TestDatabase::at(&url).await;
    let app = &roles.application;
    for what in ["ALL ON TABLES", "ALL ON SEQUENCES"] {
        database.execute(&format!("ALTER DEFAULT PRIVILEGES GRANT {what} TO {app}")).await;
    }
    run(folder.path(), &["migrate", "mcp", "-u", &url]).expect_success();
    let application = roles.application().await;
    assert_eq!(application.text("SELECT count(*)::text FROM tool_categories").await, "19");
    application.refuse("SELECT * FROM migration_journal").await;
    application.refuse("DELETE FROM seaql_migrations").await;
}

#[tokio::test]
async fn every_schema_needs_an_owner_and_main_a_superuser_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for schema in ["auth", "ecs", "mcp"] {
        let roles = Roles::new(schema).await;
        run(folder.path(), &["setup", schema, "-u", &roles.migrator()]).expect_success();
    }
    let roles = Roles::new("main").await;
    let refused = run(folder.path(), &["setup", "main", "-u", &roles.migrator()]);
    let command = format!("CREATE EXTENSION \"vector\"; (in `{}`)", roles.name);
    assert!(refused.expect_failure(1).contains(&command), "{refused:#?}");
    let admin = TestDatabase::at(&server().url(&roles.name)).await;
    admin.execute("CREATE EXTENSION \"vector\"").await;
    run(folder.path(), &["setup", "main", "-u", &roles.migrator()]).expect_success();
}

#[tokio::test]
async fn a_role_that_is_not_there_is_named_with_the_command_that_makes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url(&server().create_database("mcp").await);
    let outcome = run(folder.path(), &["setup", "mcp", "--app-role", "nobody", "-u", &url]);
    let said = outcome.expect_failure(1);
    assert!(
        said.contains("no role `nobody`; let a superuser run: CREATE ROLE \"nobody\" LOGIN;"),
        "{said}"
    );
}
