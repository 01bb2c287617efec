//! Whatever is changed in the database at head is found as just that, and mended.

use main_schema::Migrator;
use schema_testing::{lineage, mutations};

#[tokio::test]
async fn one_mutation_in_many_is_found_and_mended() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    mutations::check(&database, 29).await;
}

#[tokio::test]
#[ignore = "takes minutes: thousands of mutations"]
async fn every_single_mutation_is_found_and_mended() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    mutations::check(&database, 1).await;
}
