//! A role that may only read runs every command that only reads.

use schema_testing::{TestDatabase, server::server};

use crate::runner::{run, run_with};

/// A role with CONNECT, USAGE and SELECT on a database at which nobody else gets anything.
async fn auditor(name: &str) -> String {
    let admin = TestDatabase::at(&server().url(name)).await;
    let role = format!("auditor_{name}");
    admin
        .execute(&format!(
            "CREATE ROLE {role} LOGIN PASSWORD 'hunter2';
             REVOKE ALL ON DATABASE {name} FROM PUBLIC;
             REVOKE ALL ON SCHEMA public FROM PUBLIC;
             GRANT CONNECT ON DATABASE {name} TO {role};
             GRANT USAGE ON SCHEMA public TO {role};
             ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {role};
             GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
        ))
        .await;
    server().url_as(&role, "hunter2", name)
}

const COMMANDS: [&[&str]; 13] = [
    &["status"],
    &["history"],
    &["history", "--journal"],
    &["migrate", "--dry-run"],
    &["migrate", "--sql"],
    &["diff"],
    &["lint"],
    &["rollback", "--dry-run", "-n", "1"],
    &["fresh", "--dry-run"],
    &["refresh", "--dry-run"],
    &["reset", "--dry-run"],
    &["repair"],
    &["doctor"],
];

#[tokio::test]
async fn every_command_that_reads_works_with_select_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for schema in ["auth", "main", "ecs", "mcp"] {
        let name = server().create_database(schema).await;
        let owner = server().url(&name);
        for is_migrated in [false, true] {
            if is_migrated {
                run(folder.path(), &["migrate", schema, "-u", &owner]).expect_success();
            }
            let url = if is_migrated {
                let admin = TestDatabase::at(&owner).await;
                let role = format!("auditor_{name}");
                let grant = format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
                admin.execute(&grant).await;
                server().url_as(&role, "hunter2", &name)
            } else {
                auditor(&name).await
            };
            let before = contents(&owner).await;
            for command in COMMANDS {
                let arguments = [&command[..1], &[schema], &command[1..], &["-u", &url]].concat();
                let outcome = run(folder.path(), &arguments);
                if command == ["doctor"] && schema == "main" && !is_migrated {
                    // It lacks an extension that this role cannot create.
                    assert!(outcome.status == 1, "{outcome:#?}");
                } else if command == ["lint"] && !is_migrated {
                    assert!([0, 3].contains(&outcome.status), "{outcome:#?}");
                } else {
                    outcome.expect_success();
                }
            }
            assert_eq!(contents(&owner).await, before, "{schema}");
        }
    }
}

/// The relations of a database and how often each was written.
async fn contents(url: &str) -> Vec<String> {
    let database = TestDatabase::at(url).await;
    let sql = "SELECT concat_ws(' ', c.relname, c.relfilenode, c.xmin) FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1";
    database.texts(sql).await
}

#[tokio::test]
async fn what_writes_is_refused_with_what_the_server_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let url = auditor(&name).await;
    let outcome = run(folder.path(), &["migrate", "mcp", "-u", &url]);
    let said = outcome.expect_failure(1);
    assert!(said.contains("permission denied for schema public"), "{said}");
    let doctor = run(folder.path(), &["doctor", "mcp", "-u", &url]);
    let said = format!("`auditor_{name}` may read, and not migrate");
    assert!(doctor.expect_success().contains(&said), "{doctor:#?}");
}

#[tokio::test]
async fn a_role_that_may_create_on_database_and_namespace_migrates() {
    let folder = tempfile::tempdir().expect("a folder");
    for schema in ["auth", "ecs", "mcp"] {
        let name = server().create_database(schema).await;
        let admin = TestDatabase::at(&server().url(&name)).await;
        let role = format!("creator_{name}");
        admin
            .execute(&format!(
                "CREATE ROLE {role} LOGIN PASSWORD 'hunter2';
                 GRANT CREATE ON DATABASE {name} TO {role};
                 GRANT CREATE ON SCHEMA public TO {role}"
            ))
            .await;
        let url = server().url_as(&role, "hunter2", &name);
        let variable = schema_engine::database::find(schema).expect("a database").url_variable;
        let variables = [(variable, url.as_str())];
        run_with(folder.path(), &["migrate", schema], &variables).expect_success();
        let doctor = run_with(folder.path(), &["doctor", schema], &variables);
        assert!(doctor.expect_success().contains("and owns every table"), "{doctor:#?}");
    }
}
