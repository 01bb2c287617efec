//! The wrong database is never written.

use schema_testing::{TestDatabase, catalog, server::server};

use crate::runner::{run, run_with};

/// A database on the server, and what it holds before a command that must not change it.
struct Watched {
    url: String,
    name: String,
    before: Vec<String>,
}

impl Watched {
    async fn new(stem: &str, prepare: impl AsyncFnOnce(&str)) -> Self {
        let name = server().create_database(stem).await;
        let url = server().url(&name);
        prepare(&url).await;
        let before = look(&url).await;
        Self { url, name, before }
    }

    async fn assert_untouched(&self) {
        let now = look(&self.url).await;
        assert_eq!(catalog::difference(&self.before, &now), [""; 0]);
    }
}

async fn look(url: &str) -> Vec<String> {
    let database = TestDatabase::at(url).await;
    let mut lines = catalog::lines(&database).await;
    let own = "SELECT relname::text FROM pg_class
                WHERE relname IN ('seaql_migrations', 'migration_journal')";
    lines.extend(database.texts(own).await);
    lines
}

fn migrated(schema: &str, url: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", schema, "-u", url]).expect_success();
}

#[tokio::test]
async fn two_databases_configured_to_one_are_both_refused() {
    let auth = Watched::new("auth", async |url: &str| migrated("auth", url)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let variables = [("AUTH_DATABASE_URL", auth.url.as_str()), ("DATABASE_URL", auth.url.as_str())];
    for arguments in [
        &["migrate", "main"][..],
        &["migrate", "auth"],
        &["migrate", "auth", "main"],
        &["setup", "main"],
        &["rollback", "main", "--yes-destroy", &auth.name],
    ] {
        let outcome = run_with(folder.path(), arguments, &variables);
        let said = outcome.expect_failure(1);
        for word in ["DATABASE_URL", "AUTH_DATABASE_URL", "one and the same database"] {
            assert!(said.contains(word), "{arguments:?}: {said}");
        }
    }
    auth.assert_untouched().await;
}

#[tokio::test]
async fn a_twin_that_is_production_is_refused() {
    let production = Watched::new("ecs", async |url: &str| migrated("ecs", url)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let url = production.url.as_str();
    // Another spelling of the same place.
    let twin = url.replace("127.0.0.1", "localhost");
    let variables = [("ECS_DATABASE_URL", url), ("E2E_ECS_DATABASE_URL", twin.as_str())];
    for command in ["migrate", "rollback", "setup"] {
        let outcome = run_with(folder.path(), &[command, "ecs_e2e"], &variables);
        let said = outcome.expect_failure(1);
        assert!(
            said.contains("ecs_e2e (E2E_ECS_DATABASE_URL) and ecs (ECS_DATABASE_URL)"),
            "{said}"
        );
    }
    let by_hand = run_with(folder.path(), &["rollback", "ecs_e2e", "-u", &twin], &variables[..1]);
    assert!(by_hand.expect_failure(1).contains("one and the same"), "{by_hand:#?}");
    production.assert_untouched().await;
}

#[tokio::test]
async fn another_schema_is_refused_by_the_record_and_by_the_history() {
    let folder = tempfile::tempdir().expect("a folder");
    let mcp = Watched::new("mcp", async |url: &str| migrated("mcp", url)).await;
    let outcome = run(folder.path(), &["migrate", "ecs", "-u", &mcp.url]);
    let said = outcome.expect_failure(1);
    assert!(said.contains("holds the schema `mcp` (by the record on its journal)"), "{said}");
    mcp.assert_untouched().await;

    let stock = Watched::new("mcp_stock", async |url: &str| {
        migrated("mcp", url);
        TestDatabase::at(url).await.execute("DROP TABLE migration_journal").await;
    })
    .await;
    let outcome = run(folder.path(), &["migrate", "ecs", "-u", &stock.url]);
    let said = outcome.expect_failure(1);
    assert!(said.contains("it has applied m20250115_100000_create_tool_config_tables"), "{said}");
    stock.assert_untouched().await;
}

#[tokio::test]
async fn what_alembic_made_is_left_to_adopt() {
    let folder = tempfile::tempdir().expect("a folder");
    let alembic = "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)";
    for (stem, sql, found) in [
        (
            "alembic",
            "INSERT INTO alembic_version VALUES ('fc949a6025ca'); CREATE TABLE agents (id uuid)",
            "it has alembic_version at fc949a6025ca and the table agents; `adopt ecs`",
        ),
        ("tables", "CREATE TABLE agents (id uuid)", "it has the table agents; `adopt ecs`"),
    ] {
        let watched = Watched::new(stem, async |url: &str| {
            let database = TestDatabase::at(url).await;
            database.execute(alembic).await;
            database.execute(sql).await;
        })
        .await;
        for arguments in [
            &["migrate", "ecs", "-u", &watched.url][..],
            &["migrate", "ecs", "--dry-run", "-u", &watched.url],
            &["setup", "ecs", "-u", &watched.url],
            &["rollback", "ecs", "-u", &watched.url, "--yes-destroy", &watched.name],
        ] {
            let outcome = run(folder.path(), arguments);
            assert!(outcome.expect_failure(1).contains(found), "{arguments:?}: {outcome:#?}");
        }
        run(folder.path(), &["status", "ecs", "-u", &watched.url]).expect_success();
        watched.assert_untouched().await;
    }
}

#[tokio::test]
async fn an_empty_alembic_version_and_gatekeepers_users_are_no_past() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = Watched::new("downgraded", async |url: &str| {
        let database = TestDatabase::at(url).await;
        database.execute("CREATE TABLE alembic_version (version_num text PRIMARY KEY)").await;
    })
    .await;
    run(folder.path(), &["migrate", "mcp", "-u", &empty.url]).expect_success();

    let gatekeeper = Watched::new("gatekeeper", async |url: &str| {
        let database = TestDatabase::at(url).await;
        auth_schema::gatekeeper::ensure(database.connection()).await.expect("users");
    })
    .await;
    run(folder.path(), &["migrate", "auth", "-u", &gatekeeper.url]).expect_success();
}

#[tokio::test]
async fn a_history_that_this_build_does_not_know_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let newer = Watched::new("newer", async |url: &str| {
        migrated("mcp", url);
        let database = TestDatabase::at(url).await;
        database.execute("INSERT INTO seaql_migrations VALUES ('m20990101_000000_later', 0)").await;
    })
    .await;
    for arguments in [
        &["migrate", "mcp", "-u", &newer.url][..],
        &["rollback", "mcp", "-u", &newer.url, "--yes-destroy", &newer.name],
    ] {
        let outcome = run(folder.path(), arguments);
        let said = outcome.expect_failure(1);
        assert!(said.contains("does not know: m20990101_000000_later"), "{said}");
    }
    let status = run(folder.path(), &["status", "mcp", "--exit-code", "-u", &newer.url]);
    assert_eq!(status.status, 3, "{status:#?}");
    assert!(status.stdout.contains("unknown to this build: m20990101_000000_later"), "{status:#?}");
    newer.assert_untouched().await;
}
