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

#[tokio::test]
async fn a_view_in_the_words_of_every_release_is_still_the_same_view() {
    let database = TestDatabase::on_server("zoo").await;
    database.execute(ZOO).await;
    let before = catalog::of(&database).await;
    let written = "SELECT string_agg(pg_get_viewdef(oid), '' ORDER BY oid) FROM pg_class
                    WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace";
    let written_before = database.text(written).await;
    for (name, view) in before.views.iter().filter(|(_, view)| !view.is_materialized) {
        let definition = view.definition(name);
        database.execute(&definition.replacen("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)).await;
    }
    assert_eq!(database.text(written).await, written_before);
    assert_eq!(catalog::of(&database).await, before);
}
