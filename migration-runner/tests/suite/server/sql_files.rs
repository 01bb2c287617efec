//! Ten thousand SQL files of nonsense, run as migrations: an error or none, and the session lives.

use schema_testing::{TestDatabase, catalog};
use sea_orm::TransactionTrait;
use sea_orm_migration::{MigrationTrait, SchemaManager};
use sql_migration::SqlMigration;

use crate::bad_input::nonsense::Random;

const SENSE: &str = "CREATE TABLE t (id int); -- é\n/* /* */ */ DO $a$ BEGIN RAISE 'x'; END $a$;\0\
                     INSERT INTO t SELECT E'\\'' FROM \"u\"; \u{feff}\r\n$1 ; SELECT U&'\\0061'";

// Not on the embedded PostgreSQL: it leaves a little of its stack behind with every error.
#[tokio::test]
async fn a_file_of_nonsense_fails_or_runs_and_leaves_the_session_as_it_was() {
    let database = TestDatabase::on_server("nonsense").await;
    let before = catalog::lines(&database).await;
    let mut random = Random(0x501);
    let mut failed = 0;
    for round in 0..10_000 {
        let text: &'static str = random.nonsense(SENSE).leak();
        let migration = SqlMigration { name: "m20260203_040506_nonsense", up: text, down: text };
        let transaction = database.connection().begin().await.expect("a transaction");
        failed += usize::from(migration.up(&SchemaManager::new(&transaction)).await.is_err());
        transaction
            .rollback()
            .await
            .unwrap_or_else(|error| panic!("round {round}: {error}: {text}"));
    }
    assert!((1000..10_000).contains(&failed), "{failed} failed");
    assert_eq!(catalog::lines(&database).await, before);
}
