//! Checksums by a server of another version than the embedded one, in a shadow that it forgets.

use schema_testing::{TestDatabase, server::server};

use crate::{
    checksums::{checksums, workspace},
    runner::run,
};

async fn shadows() -> Vec<String> {
    let sql = "SELECT datname::text FROM pg_database WHERE datname LIKE 'reynard_shadow%'";
    TestDatabase::at(&server().url("postgres")).await.texts(sql).await
}

#[tokio::test]
async fn checksums_are_the_same_on_every_version() {
    let url = server().url("postgres");
    let outcome = checksums(workspace(), &["--check", "--shadow-url", &url]);
    assert_eq!(outcome.expect_success(), "every checksum is that of its migration\n");
    assert_eq!(shadows().await, [""; 0]);
}

#[tokio::test]
async fn a_shadow_that_cannot_be_made_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("ecs-schema")).expect("a folder");
    let admin = TestDatabase::at(&server().url("postgres")).await;
    admin.execute("CREATE ROLE shadowless LOGIN PASSWORD 'look'").await;
    let encrypted = format!("{}?sslmode=require", server().url("postgres"));
    for (url, status, said) in [
        (server().url_as("shadowless", "look", "postgres"), 1, "permission denied to create"),
        (
            server().url_as("shadowless", "wrong", "postgres"),
            1,
            "refuses the login of `shadowless`",
        ),
        (encrypted, 1, "TLS"),
        ("db.internal".to_owned(), 2, "`--shadow-url` is no URL of a database"),
    ] {
        let outcome = run(folder.path(), &["checksums", "ecs", "--shadow-url", &url]);
        let words = outcome.expect_failure(status);
        assert!(words.contains(said), "{words}");
    }
    assert_eq!(shadows().await, [""; 0]);
}
