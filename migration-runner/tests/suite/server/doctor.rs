//! `doctor` where there are other sessions, roles and databases.

use schema_testing::{TestDatabase, server::server};

use crate::runner::{Outcome, run, run_with};

/// A database of ecs at head.
struct Ecs {
    folder: tempfile::TempDir,
    name: String,
    url: String,
}

impl Ecs {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let name = server().create_database("ecs").await;
        let url = server().url(&name);
        run(folder.path(), &["migrate", "ecs", "-u", &url]).expect_success();
        Self { folder, name, url }
    }

    async fn admin(&self) -> TestDatabase {
        TestDatabase::at(&self.url).await
    }

    fn doctor(&self, options: &[&str]) -> Outcome {
        let arguments = [&["doctor", "ecs", "-u", &self.url], options].concat();
        run(self.folder.path(), &arguments)
    }
}

/// What is said of one check, a line each, beginning with the level.
#[track_caller]
fn expect(outcome: &Outcome, status: i32, check: &str, expected: &[&str]) {
    assert_eq!(outcome.status, status, "{outcome:#?}");
    let of_check = |line: &str| {
        let (level, rest) = line.strip_prefix("ecs  ")?.split_once(' ')?;
        let text = rest.trim_start().strip_prefix(check)?;
        Some(format!("{level}: {}", text.trim_start()))
    };
    let said: Vec<String> = outcome.stdout.lines().filter_map(of_check).collect();
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in std::iter::zip(&said, expected) {
        assert!(said.contains(expected), "`{expected}` in {said}");
    }
}

#[tokio::test]
async fn a_server_that_is_well_has_one_warning_for_the_twin_that_it_lacks() {
    let ecs = Ecs::new().await;
    let outcome = ecs.doctor(&[]);
    let warnings: Vec<&str> =
        outcome.expect_success().lines().filter(|line| !line.contains("  fine ")).collect();
    assert_eq!(warnings.len(), 2, "{outcome:#?}");
    expect(
        &outcome,
        0,
        "e2e twin",
        &["warning: no e2e twin: `E2E_ECS_DATABASE_URL` is not set; set it"],
    );
    expect(&outcome, 0, "connection", &["as `postgres`, not encrypted, on this machine"]);
    expect(&outcome, 0, "version tables", &["fine: history of 6, journal of `ecs`"]);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_one_line_beside_those_of_others() {
    let ecs = Ecs::new().await;
    let variables = [
        ("ECS_DATABASE_URL", ecs.url.as_str()),
        ("MCP_DATABASE_URL", "postgres://ana:hunter2@127.0.0.1:1/mcp"),
        ("AUTH_DATABASE_URL", &server().url("nowhere")),
    ];
    let outcome = run_with(ecs.folder.path(), &["doctor", "auth", "ecs", "mcp"], &variables);
    assert_eq!(outcome.status, 1, "{outcome:#?}");
    for line in [
        "mcp   problem  connection      no server answers at 127.0.0.1:1",
        "has no database `nowhere`; `setup auth` creates it",
        "ecs   fine     seed rows ",
    ] {
        assert!(outcome.stdout.contains(line), "`{line}` in {outcome:#?}");
    }
}

#[tokio::test]
async fn whoever_holds_the_lock_or_a_table_is_named() {
    let ecs = Ecs::new().await;
    let runner = ecs.admin().await;
    let lock = format!("SELECT pg_advisory_lock({}, 1)", schema_engine::lock::CLASS);
    runner.execute(&lock).await;
    let user = ecs.admin().await;
    user.execute("BEGIN; SELECT FROM agents").await;
    let runner_pid = runner.text("SELECT pg_backend_pid()::text").await;
    let user_pid = user.text("SELECT pg_backend_pid()::text").await;
    // A short transaction is nothing to speak of.
    let works = format!("another runner works: pid {runner_pid}");
    expect(&ecs.doctor(&[]), 0, "locks", &[&works]);
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    expect(
        &ecs.doctor(&[]),
        0,
        "locks",
        &[&works, &format!("end it: SELECT pg_terminate_backend({user_pid});")],
    );
}

#[tokio::test]
async fn a_table_that_is_locked_is_not_waited_for() {
    let ecs = Ecs::new().await;
    let holder = ecs.admin().await;
    holder.execute("BEGIN; LOCK TABLE naming_spirits").await;
    let start = std::time::Instant::now();
    let outcome = ecs.doctor(&[]);
    assert!(start.elapsed().as_secs() < 30, "{outcome:#?}");
    let locked = "warning: somebody has locked a table that is to be looked at";
    expect(&outcome, 0, "seed rows", &[locked]);
    expect(&outcome, 0, "migrations", &["fine: at m20250921_171200"]);
}

#[tokio::test]
async fn an_invalid_index_is_named_with_the_statement_that_rebuilds_it() {
    let ecs = Ecs::new().await;
    let admin = ecs.admin().await;
    // Both settings that the migrations bring are enabled.
    admin.refuse("CREATE UNIQUE INDEX CONCURRENTLY twice ON naming_config (enabled)").await;
    expect(
        &ecs.doctor(&[]),
        1,
        "indexes",
        &[
            "problem: `public.twice` is invalid: no query uses it, and every write keeps it; let its \
         owner run: REINDEX INDEX CONCURRENTLY public.twice;",
        ],
    );
}

#[tokio::test]
async fn two_urls_of_one_database_and_another_schema_are_problems() {
    let ecs = Ecs::new().await;
    let variables =
        [("ECS_DATABASE_URL", ecs.url.as_str()), ("E2E_ECS_DATABASE_URL", ecs.url.as_str())];
    let outcome = run_with(ecs.folder.path(), &["doctor", "ecs"], &variables);
    expect(&outcome, 1, "version tables", &["are one and the same database"]);
    expect(&outcome, 1, "e2e twin", &["problem: ecs_e2e and ecs are one and the same database"]);

    let mcp = run(ecs.folder.path(), &["doctor", "mcp", "-u", &ecs.url]);
    let said = format!("`{}` holds the schema `ecs`", ecs.name);
    assert!(mcp.status == 1 && mcp.stdout.contains(&said), "{mcp:#?}");
}

#[tokio::test]
async fn a_database_that_alembic_ran_is_to_be_adopted() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url(&server().create_database("mcp").await);
    let database = TestDatabase::at(&url).await;
    database
        .execute(
            "CREATE TABLE alembic_version (version_num varchar(32));
             INSERT INTO alembic_version VALUES ('001_create_tool_config_tables')",
        )
        .await;
    let outcome = run(folder.path(), &["doctor", "mcp", "-u", &url]);
    assert_eq!(outcome.status, 1, "{outcome:#?}");
    let said = "alembic_version at 001_create_tool_config_tables; `adopt mcp` takes it over";
    assert!(outcome.stdout.contains(said), "{outcome:#?}");
}

#[tokio::test]
async fn a_role_that_owns_a_part_is_told_whose_the_rest_is() {
    let ecs = Ecs::new().await;
    let admin = ecs.admin().await;
    let role = format!("half_{}", ecs.name);
    admin
        .execute(&format!(
            "CREATE ROLE {role} LOGIN PASSWORD 'hunter2';
             GRANT CREATE ON SCHEMA public TO {role};
             ALTER TABLE agents OWNER TO {role};
             GRANT SELECT ON seaql_migrations, migration_journal TO {role}"
        ))
        .await;
    let url = server().url_as(&role, "hunter2", &ecs.name);
    let outcome = run(ecs.folder.path(), &["doctor", "ecs", "-u", &url]);
    expect(&outcome, 1, "privileges", &[&format!("problem: `{role}` does not own ability_traits")]);
    // What it may not read is said, table by table, and stops nothing else.
    let blind = format!("warning: `{role}` may not look: permission denied for table naming_");
    expect(&outcome, 1, "seed rows", &[&blind, &blind, &blind]);
}

#[tokio::test]
async fn an_application_role_is_held_against_what_setup_gives() {
    let ecs = Ecs::new().await;
    let admin = ecs.admin().await;
    let role = format!("app_{}", ecs.name);
    let check = ["--app-role", role.as_str()];
    expect(&ecs.doctor(&check), 1, "application role", &["the server has no role"]);

    admin.execute(&format!("CREATE ROLE {role} LOGIN")).await;
    expect(
        &ecs.doctor(&check),
        1,
        "application role",
        &[
            "lacks SELECT, INSERT, UPDATE, DELETE on ability_traits, ",
            "will lack the tables that are made later",
        ],
    );
    let setup = ["setup", "ecs", "--app-role", &role, "-u", &ecs.url];
    run(ecs.folder.path(), &setup).expect_success();
    expect(&ecs.doctor(&check), 0, "application role", &["fine: `app_ecs_"]);

    admin
        .execute(&format!(
            "GRANT DELETE ON seaql_migrations TO {role};
             REVOKE INSERT, DELETE ON agents FROM {role}"
        ))
        .await;
    expect(
        &ecs.doctor(&check),
        1,
        "application role",
        &[
            "may touch the tool's tables: DELETE on seaql_migrations; `setup ecs --app-role",
            "lacks INSERT, DELETE on agents; `setup ecs --app-role",
        ],
    );
    run(ecs.folder.path(), &setup).expect_success();
    expect(&ecs.doctor(&check), 0, "application role", &["fine: "]);
}
