//! Each kind of object, from SQL to the lines of the listing.

mod indexes;
mod programs;
mod tables;
mod types;

use schema_engine::catalog::{Catalog, Options, inspect, listing};
use schema_testing::TestDatabase;
use sea_orm::{ConnectionTrait, TransactionTrait};

/// One test's database; a case leaves nothing behind in it.
struct Bench(TestDatabase);

impl Bench {
    async fn new() -> Self {
        Self(TestDatabase::embedded("main").await)
    }

    async fn catalog(&self, sql: &str) -> Catalog {
        let transaction = self.0.connection().begin().await.expect("a transaction");
        if let Err(error) = transaction.execute_unprepared(sql).await {
            panic!("{error}\nin: {sql}");
        }
        let catalog = inspect(&transaction, &Options::default()).await.expect("a catalog");
        transaction.rollback().await.expect("a way back");
        catalog
    }

    async fn check(&self, sql: &str, expected: &[&str]) {
        assert_eq!(listing::lines(&self.catalog(sql).await), expected, "{sql}");
    }

    async fn check_dependencies(&self, sql: &str, expected: &[&str]) {
        let catalog = self.catalog(sql).await;
        let found: Vec<_> = catalog.dependencies.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{sql}");
    }
}
