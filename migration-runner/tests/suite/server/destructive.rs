//! Nothing of production is lost unasked.

use main_schema::{Migrator, migrations::ALEMBIC_REVISIONS};
use schema_testing::{TestDatabase, facts, lineage, server::server};

use crate::runner::{length, run, run_with};

#[tokio::test]
async fn a_rollback_of_production_names_the_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let url = server().url(&name);
    run(folder.path(), &["migrate", "mcp", "-u", &url]).expect_success();
    let rollback =
        |more: &[&str]| run(folder.path(), &[&["rollback", "mcp", "-u", &url], more].concat());

    let unconfirmed = rollback(&[]);
    let said = unconfirmed.expect_failure(5);
    assert!(said.contains(&format!("needs `--yes-destroy {name}`")), "{said}");
    let mistaken = rollback(&["--yes-destroy", "reynard_mcp"]);
    let said = mistaken.expect_failure(5);
    assert!(said.contains("and not `reynard_mcp`"), "{said}");
    let dry = rollback(&["--to", "base", "--dry-run"]);
    assert!(dry.expect_success().contains("would revert m20250115_100000"), "{dry:#?}");
    let confirmed = rollback(&["--to", "base", "--yes-destroy", &name]);
    assert!(confirmed.expect_success().contains(" reverted, now at base"), "{confirmed:#?}");
}

#[tokio::test]
async fn fresh_refresh_and_reset_of_production_name_the_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let url = server().url(&name);
    run(folder.path(), &["migrate", "mcp", "-u", &url]).expect_success();
    for command in ["fresh", "refresh", "reset"] {
        let unconfirmed = run(folder.path(), &[command, "mcp", "-u", &url]);
        let said = unconfirmed.expect_failure(5);
        let asked =
            format!("{command} of `{name}`, a production database, needs `--yes-destroy {name}`");
        assert!(said.contains(&asked), "{said}");
        run(folder.path(), &["status", "mcp", "--exit-code", "-u", &url]).expect_success();
    }
    for command in ["fresh", "refresh", "reset"] {
        run(folder.path(), &[command, "mcp", "-u", &url, "--yes-destroy", &name]).expect_success();
    }
}

#[tokio::test]
async fn a_twin_of_unknown_origin_begins_again_and_production_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("e2e").await;
    let url = server().url(&name);
    let database = TestDatabase::at(&url).await;
    database.execute("CREATE TABLE alembic_version (version_num text PRIMARY KEY)").await;
    database.execute("INSERT INTO alembic_version VALUES ('20250127_000001')").await;
    database.execute("CREATE TABLE test_runs (id serial PRIMARY KEY)").await;
    database.execute("CREATE TABLE agents (id integer)").await;
    let production = ["fresh", "main", "-u", &url, "--yes-destroy", &name];
    assert!(run(folder.path(), &production).expect_failure(1).contains("`adopt main`"));
    let refused = run(folder.path(), &["migrate", "e2e", "-u", &url]);
    assert!(refused.expect_failure(1).contains("`fresh e2e` begins again"), "{refused:#?}");
    let fresh = run(folder.path(), &["fresh", "e2e", "-u", &url]);
    let applied = format!("{} applied", length("main"));
    assert!(fresh.expect_success().contains(&applied), "{fresh:#?}");
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("main", &database).await, [""; 0]);
}

#[tokio::test]
async fn a_twin_is_rolled_back_without_asking() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url(&server().create_database("mcp_e2e").await);
    run(folder.path(), &["migrate", "mcp_e2e", "-u", &url]).expect_success();
    run(folder.path(), &["rollback", "mcp_e2e", "-u", &url]).expect_success();
}

#[tokio::test]
async fn production_is_rolled_back_one_database_a_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let ecs = server().url(&server().create_database("ecs").await);
    let mcp = server().url(&server().create_database("mcp").await);
    let variables = [("ECS_DATABASE_URL", ecs.as_str()), ("MCP_DATABASE_URL", mcp.as_str())];
    let outcome = run_with(folder.path(), &["rollback", "ecs", "mcp"], &variables);
    assert!(outcome.expect_failure(2).contains("one database a run"), "{outcome:#?}");
}
