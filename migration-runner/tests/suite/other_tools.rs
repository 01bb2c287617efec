//! Stock sea-orm-migration and the tool understand each other's state, both ways.

use ecs_schema::Migrator;
use schema_engine::embedded::{Embedded, Storage};
use schema_testing::TestDatabase;
use sea_orm_migration::MigratorTrait;

use crate::runner::{Outcome, length, run};

/// A database in memory that an application and the tool take turns on.
struct Shared {
    server: Embedded,
    folder: tempfile::TempDir,
}

impl Shared {
    fn start() -> Self {
        let server = Embedded::start(Storage::Memory, "reynard_ecs", 0).expect("a server");
        Self { server, folder: tempfile::tempdir().expect("a folder") }
    }

    async fn application(&self) -> TestDatabase {
        TestDatabase::at(&self.server.url()).await
    }

    fn tool(&self, arguments: &[&str]) -> Outcome {
        run(self.folder.path(), &[arguments, &["-u", &self.server.url()]].concat())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tool_goes_on_where_an_application_stopped() {
    let shared = Shared::start();
    let application = shared.application().await;
    Migrator::up(application.connection(), Some(3)).await.expect("stock goes up");
    drop(application);
    let history = shared.tool(&["history", "ecs"]);
    assert_eq!(history.expect_success().matches("applied by another tool").count(), 3);
    let migrated = shared.tool(&["migrate", "ecs"]);
    let rest = format!("{} applied", length("ecs") - 3);
    assert!(migrated.expect_success().contains(&rest), "{migrated:#?}");
    let reverted = shared.tool(&["rollback", "ecs", "-n", "5", "--yes-destroy", "reynard_ecs"]);
    assert!(reverted.expect_success().contains("5 reverted"), "{reverted:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_goes_on_where_the_tool_stopped() {
    let shared = Shared::start();
    shared.tool(&["migrate", "ecs", "--to", "cc04580c04ef"]).expect_success();
    let application = shared.application().await;
    let db = application.connection();
    let pending = Migrator::get_pending_migrations(db).await.expect("stock reads the history");
    assert_eq!(pending.len(), length("ecs") - 3);
    Migrator::up(db, Some(3)).await.expect("stock goes up");
    Migrator::down(db, Some(4)).await.expect("stock goes down, over what the tool applied");
    drop(application);
    let status = shared.tool(&["status", "ecs"]);
    assert!(
        status.expect_success().contains("at m20250920_215024_initial_ecs_schema ("),
        "{status:#?}"
    );
}
