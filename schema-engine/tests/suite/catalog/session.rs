//! What reading leaves of the session, and that what was read can be written down.

use schema_engine::catalog::{Catalog, Fingerprint, Options, inspect};
use schema_testing::{TestDatabase, catalog};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};

use super::ZOO;

const SETTINGS: &str = "SELECT current_setting('search_path') || ' ' || current_setting('TimeZone')
                               || ' ' || current_setting('transaction_read_only')";

async fn settings(db: &impl ConnectionTrait) -> String {
    let ask = Statement::from_string(db.get_database_backend(), SETTINGS);
    let row = db.query_one_raw(ask).await.expect("settings").expect("a row");
    row.try_get_by_index(0).expect("text")
}

#[tokio::test]
async fn the_session_and_the_transaction_stay_as_they_were() {
    let database = TestDatabase::embedded("main").await;
    database.execute("SET search_path = public, pg_temp; SET TimeZone = 'Europe/Paris'").await;
    let connection = database.connection();
    let before = settings(connection).await;
    assert_eq!(before, "public, pg_temp Europe/Paris off");
    catalog::of(&database).await;
    assert_eq!(settings(connection).await, before);

    let transaction = connection.begin().await.expect("a transaction");
    inspect(&transaction, &Options::default()).await.expect("a catalog");
    assert_eq!(settings(&transaction).await, before);
    transaction.execute_unprepared("CREATE TABLE t ()").await.expect("a table");
    let inside = inspect(&transaction, &Options::default()).await.expect("a catalog");
    assert_eq!(inside.tables.len(), 1);
    transaction.rollback().await.expect("a way back");
    assert!(catalog::of(&database).await.tables.is_empty());
}

#[tokio::test]
async fn what_a_session_prefers_does_not_matter() {
    let database = TestDatabase::embedded("main").await;
    database.execute(ZOO).await;
    let before = catalog::of(&database).await;
    database
        .execute(
            "SET search_path = 'Odd.name', public; SET TimeZone = 'Asia/Tokyo';
             SET DateStyle = 'German'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'escape';
             SET extra_float_digits = -10; SET quote_all_identifiers = on",
        )
        .await;
    assert_eq!(catalog::of(&database).await, before);
}

#[tokio::test]
async fn a_catalog_can_be_written_down_and_its_fingerprint_stays() {
    let database = TestDatabase::embedded("main").await;
    database.execute(ZOO).await;
    let catalog = catalog::of(&database).await;
    let json = serde_json::to_string(&catalog).expect("its JSON");
    let again: Catalog = serde_json::from_str(&json).expect("a catalog");
    assert_eq!(again, catalog);
    assert_eq!(again.dependencies, catalog.dependencies);
    assert_eq!(Fingerprint::of(&again), Fingerprint::of(&catalog));

    database.execute("ALTER TABLE plain ALTER last SET NOT NULL").await;
    assert_ne!(Fingerprint::of(&catalog::of(&database).await), Fingerprint::of(&catalog));
}
