//! `diff` on a server: what nobody touched never differs, wherever its lineage is replayed.

use schema_testing::server::server;

use crate::runner::{length, run, run_with};

/// At every point of the lineage against a shadow of the same release, and at head against the later
/// one in memory.
async fn check(database: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url(&server().create_database(database).await);
    let shadow = server().url("postgres");
    for _ in 0..length(database) {
        run(folder.path(), &["migrate", database, "-n", "1", "-u", &url]).expect_success();
        let variables = [("REYNARD_SHADOW_URL", shadow.as_str())];
        run_with(folder.path(), &["diff", database, "-u", &url], &variables).expect_success();
    }
    run(folder.path(), &["diff", database, "-u", &url]).expect_success();
}

#[tokio::test]
async fn auth_does_not_differ_where_nobody_touched_it() {
    check("auth").await;
}

#[tokio::test]
async fn ecs_does_not_differ_where_nobody_touched_it() {
    check("ecs").await;
}

#[tokio::test]
async fn main_does_not_differ_where_nobody_touched_it() {
    check("main").await;
}

#[tokio::test]
async fn mcp_does_not_differ_where_nobody_touched_it() {
    check("mcp").await;
}
