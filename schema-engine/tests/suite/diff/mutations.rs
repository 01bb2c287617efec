//! Single mutations of the zoo are found and mended.

use schema_testing::{TestDatabase, mutations};

use crate::catalog::ZOO;

#[tokio::test]
async fn one_mutation_in_many_is_found_and_mended() {
    mutations::check(&zoo().await, 19).await;
}

#[tokio::test]
#[ignore = "takes minutes: more than a thousand mutations"]
async fn every_single_mutation_is_found_and_mended() {
    mutations::check(&zoo().await, 1).await;
}

async fn zoo() -> TestDatabase {
    let database = TestDatabase::embedded("main").await;
    database.execute(ZOO).await;
    // A view that names columns by their place would need them at that place again, and of an
    // operator PostgreSQL does not say how it was made.
    database.execute("DROP VIEW renamed_columns; DROP OPERATOR @+@ (integer, integer)").await;
    database
}
