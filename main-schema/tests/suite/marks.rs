//! `down` drops an extension only where `up` created it, as the mark in its comment says.

use main_schema::Migrator;
use schema_testing::{TestDatabase, catalog};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

const EXTENSIONS: [&str; 3] = ["btree_gin", "pg_trgm", "vector"];

async fn extensions(database: &TestDatabase) -> Vec<String> {
    let names = "SELECT extname::text FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1";
    database.texts(names).await
}

#[tokio::test]
async fn extensions_that_were_there_stay() -> Result<(), DbErr> {
    for there in EXTENSIONS {
        let database = TestDatabase::embedded("e2e").await;
        database.execute(&format!("CREATE EXTENSION {there}")).await;
        Migrator::install(database.connection()).await?;
        let before = catalog::lines(&database).await;
        Migrator::up(database.connection(), None).await?;
        assert_eq!(extensions(&database).await, EXTENSIONS);
        Migrator::down(database.connection(), None).await?;
        assert_eq!(catalog::lines(&database).await, before);
    }
    Ok(())
}

#[tokio::test]
async fn an_extension_whose_mark_is_gone_stays() -> Result<(), DbErr> {
    let database = TestDatabase::embedded("e2e").await;
    Migrator::up(database.connection(), None).await?;
    database
        .execute(
            "COMMENT ON EXTENSION pg_trgm IS 'used by others too';
             COMMENT ON EXTENSION vector IS NULL",
        )
        .await;
    Migrator::down(database.connection(), None).await?;
    assert_eq!(extensions(&database).await, ["pg_trgm", "vector"]);
    Migrator::up(database.connection(), None).await?;
    Migrator::down(database.connection(), None).await?;
    assert_eq!(extensions(&database).await, ["pg_trgm", "vector"]);
    Ok(())
}

#[tokio::test]
async fn an_extension_that_another_table_uses_stops_down() -> Result<(), DbErr> {
    for (use_of_it, applied, error_names) in [
        ("CREATE TABLE mine (v VECTOR(3))", 1, "extension vector"),
        (
            "CREATE TABLE mine (t TEXT); CREATE INDEX ON mine USING gin (t gin_trgm_ops)",
            4,
            "extension pg_trgm",
        ),
    ] {
        let database = TestDatabase::embedded("e2e").await;
        Migrator::up(database.connection(), Some(applied)).await?;
        database.execute(use_of_it).await;
        let before = catalog::lines(&database).await;
        let error = Migrator::down(database.connection(), Some(1)).await.unwrap_err().to_string();
        assert!(error.contains(error_names), "{error}");
        assert_eq!(catalog::lines(&database).await, before);
    }
    Ok(())
}
