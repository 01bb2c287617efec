//! Checksums by a server of another version than the embedded one, in a shadow that it forgets.

use schema_engine::shadow::{Place, Shadow};
use schema_testing::{TestDatabase, server::server};

use crate::{
    checksums::{checksums, workspace},
    runner::run,
};

/// A role of a test's own that makes shadows, so that nobody else's are among them.
struct Maker {
    admin: TestDatabase,
    role: &'static str,
}

impl Maker {
    async fn new(role: &'static str) -> Self {
        let admin = TestDatabase::at(&server().url("postgres")).await;
        admin.execute(&format!("CREATE ROLE {role} SUPERUSER LOGIN PASSWORD 'hunter2'")).await;
        Self { admin, role }
    }

    fn url(&self) -> String {
        server().url_as(self.role, "hunter2", "postgres")
    }

    /// How many shadows of it the server has.
    async fn shadows(&self) -> String {
        let owner = format!("pg_get_userbyid(datdba) = '{}'", self.role);
        let sql = format!("SELECT count(*)::text FROM pg_database WHERE {owner}");
        self.admin.text(&sql).await
    }
}

#[tokio::test]
async fn checksums_are_the_same_on_every_version() {
    let maker = Maker::new("checksum_maker").await;
    let outcome = checksums(workspace(), &["--check", "--shadow-url", &maker.url()]);
    assert_eq!(outcome.expect_success(), "every checksum is that of its migration\n");
    assert_eq!(maker.shadows().await, "0");
}

#[tokio::test]
async fn a_shadow_is_dropped_however_the_work_on_it_ends() {
    let maker = Maker::new("shadow_maker").await;
    let place = Place::Server(maker.url().parse().expect("a URL"));
    let closed = Shadow::open(&place).await.expect("a shadow");
    let dropped = Shadow::open(&place).await.expect("a shadow");
    assert_eq!(maker.shadows().await, "2");
    closed.close().await.expect("an end");
    drop(dropped);
    assert_eq!(maker.shadows().await, "0");
}

#[tokio::test]
async fn a_shadow_that_cannot_be_made_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("ecs-schema")).expect("a folder");
    let maker = Maker::new("encrypted_maker").await;
    maker.admin.execute("CREATE ROLE shadowless LOGIN PASSWORD 'hunter2'").await;
    for (url, status, said) in [
        (server().url_as("shadowless", "hunter2", "postgres"), 1, "permission denied to create"),
        (
            server().url_as("shadowless", "wrong", "postgres"),
            1,
            "refuses the login of `shadowless`",
        ),
        (format!("{}?sslmode=require", maker.url()), 1, "TLS"),
        ("db.internal".to_owned(), 2, "`--shadow-url` is no URL of a database"),
    ] {
        let outcome = run(folder.path(), &["checksums", "ecs", "--shadow-url", &url]);
        let words = outcome.expect_failure(status);
        assert!(words.contains(said), "{words}");
    }
    assert_eq!(maker.shadows().await, "0");
}
