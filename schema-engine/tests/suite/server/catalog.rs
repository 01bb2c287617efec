//! A catalog is the same on every release, and for a role that may only read.

use schema_engine::catalog::{Fingerprint, listing};
use schema_testing::{TestDatabase, catalog, server::server};

use crate::catalog::ZOO;

#[tokio::test]
async fn the_catalog_of_a_server_is_that_of_the_embedded_postgresql() {
    let (one, other) = (TestDatabase::on_server("zoo").await, TestDatabase::embedded("main").await);
    one.execute(ZOO).await;
    other.execute(ZOO).await;
    let (one, other) = (catalog::of(&one).await, catalog::of(&other).await);
    let difference = listing::difference(&listing::lines(&one), &listing::lines(&other));
    assert_eq!(difference, [""; 0]);
    assert_eq!(one, other);
    assert_eq!(Fingerprint::of(&one), Fingerprint::of(&other));
}

#[tokio::test]
async fn a_role_that_may_nothing_reads_all_of_it() {
    let name = server().create_database("zoo").await;
    let owner = TestDatabase::at(&server().url(&name)).await;
    owner.execute(ZOO).await;
    owner
        .execute(
            "CREATE ROLE reader LOGIN PASSWORD 'reads'; REVOKE ALL ON SCHEMA public FROM PUBLIC;
             REVOKE TEMPORARY ON DATABASE \"NAME\" FROM PUBLIC"
                .replace("NAME", &name)
                .as_str(),
        )
        .await;
    let reader = TestDatabase::at(&server().url_as("reader", "reads", &name)).await;
    reader.refuse("SELECT FROM public.plain").await;
    assert_eq!(catalog::of(&reader).await, catalog::of(&owner).await);
}
