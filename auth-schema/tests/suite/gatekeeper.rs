//! `ensure` creates what is missing of Gatekeeper's `users`, and touches nothing else.

use auth_schema::{Migrator, gatekeeper::ensure};
use schema_testing::{TestDatabase, catalog, lineage, log::Log};
use sea_orm::{DbErr, TransactionTrait};

const CREATED: [&str; 3] = [
    "created the table `users`",
    "created the unique index `ix_users_email` on `users`",
    "created the unique index `ix_users_username` on `users`",
];

/// As Gatekeeper leaves it.
const COMPLETE: &str = "
    CREATE TABLE users (
        id UUID PRIMARY KEY,
        username VARCHAR(50) NOT NULL,
        password_hash VARCHAR(255) NOT NULL,
        role VARCHAR(20) NOT NULL,
        email VARCHAR(255),
        profile_picture_url VARCHAR(500),
        yapcoin_balance INTEGER,
        is_active BOOLEAN,
        created_at TIMESTAMP,
        updated_at TIMESTAMP,
        user_metadata JSON
    );
    CREATE UNIQUE INDEX ix_users_email ON users (email);
    CREATE UNIQUE INDEX ix_users_username ON users (username)";

async fn prepared(sql: &str) -> TestDatabase {
    let database = TestDatabase::embedded("auth").await;
    database.execute(sql).await;
    database
}

#[tokio::test]
async fn where_nothing_is_there_the_whole_table_is_created() -> Result<(), DbErr> {
    let database = TestDatabase::embedded("auth").await;
    assert_eq!(ensure(database.connection()).await?, CREATED);
    let gatekeepers = prepared(COMPLETE).await;
    assert_eq!(catalog::lines(&database).await, catalog::lines(&gatekeepers).await);
    Ok(())
}

#[tokio::test]
async fn what_is_complete_stays_as_it_is() -> Result<(), DbErr> {
    for addition in ["", "; ALTER TABLE users ADD COLUMN mine TEXT, ALTER COLUMN role TYPE TEXT"] {
        let database = prepared(&format!("{COMPLETE}{addition}")).await;
        let before = catalog::lines(&database).await;
        assert_eq!(ensure(database.connection()).await?, [""; 0]);
        assert_eq!(catalog::lines(&database).await, before);
    }
    Ok(())
}

#[tokio::test]
async fn each_change_is_logged_and_the_second_call_has_none_to_log() -> Result<(), DbErr> {
    let database = TestDatabase::embedded("auth").await;
    let (log, _guard) = Log::listen("auth_schema");
    ensure(database.connection()).await?;
    assert_eq!(log.take(), CREATED.map(|change| format!("gatekeeper: {change}")));
    ensure(database.connection()).await?;
    assert_eq!(log.take(), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn missing_columns_and_indexes_are_added_around_rows() -> Result<(), DbErr> {
    let database = prepared(&format!(
        "{COMPLETE};
         INSERT INTO users (id, username, password_hash, role)
         VALUES (gen_random_uuid(), 'reynard', 'hash', 'admin');
         ALTER TABLE users DROP COLUMN user_metadata, DROP COLUMN is_active;
         DROP INDEX ix_users_username"
    ))
    .await;
    assert_eq!(
        ensure(database.connection()).await?,
        [
            "added the column `is_active` to `users`",
            "added the column `user_metadata` to `users`",
            "created the unique index `ix_users_username` on `users`",
        ]
    );
    let row = "SELECT username FROM users WHERE is_active IS NULL AND user_metadata IS NULL";
    assert_eq!(database.texts(row).await, ["reynard"]);
    assert_eq!(ensure(database.connection()).await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_required_column_is_added_only_while_there_are_no_rows() -> Result<(), DbErr> {
    let lacking = "CREATE TABLE users (id UUID PRIMARY KEY, username VARCHAR(50) NOT NULL)";
    let database = prepared(lacking).await;
    let changes = ensure(database.connection()).await?;
    assert_eq!(changes[0], "added the column `password_hash` to `users`");
    assert_eq!(changes.len(), 11);

    let database =
        prepared(&format!("{lacking}; INSERT INTO users VALUES (gen_random_uuid(), 'reynard')"))
            .await;
    let before = catalog::lines(&database).await;
    assert_eq!(
        ensure(database.connection()).await.unwrap_err().to_string(),
        "Custom Error: `users` has rows and lacks `password_hash`, `role`: a column that must not \
         be null needs a value for each"
    );
    assert_eq!(catalog::lines(&database).await, before);
    Ok(())
}

#[tokio::test]
async fn where_a_unique_index_finds_duplicates_nothing_changes() {
    let database = prepared(&format!(
        "{COMPLETE};
         DROP INDEX ix_users_username;
         ALTER TABLE users DROP COLUMN is_active;
         INSERT INTO users (id, username, password_hash, role)
         SELECT gen_random_uuid(), 'reynard', 'hash', 'admin' FROM generate_series(1, 2)"
    ))
    .await;
    let before = catalog::lines(&database).await;
    let error = ensure(database.connection()).await.unwrap_err().to_string();
    assert!(error.contains("ix_users_username"), "{error}");
    assert_eq!(catalog::lines(&database).await, before);
}

#[tokio::test]
async fn something_else_called_users_is_refused() {
    let database = prepared("CREATE VIEW users AS SELECT 1 AS id").await;
    assert_eq!(
        ensure(database.connection()).await.unwrap_err().to_string(),
        "Custom Error: `users` exists and is not a table"
    );
}

#[tokio::test]
async fn columns_of_role_based_access_control_are_the_migrations_alone() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("auth").await;
    database
        .execute(
            "ALTER TABLE users DROP COLUMN last_rbac_sync, ALTER COLUMN rbac_enabled DROP NOT NULL;
             DROP INDEX ix_users_default_role",
        )
        .await;
    let before = catalog::lines(&database).await;
    assert_eq!(ensure(database.connection()).await?, [""; 0]);
    assert_eq!(catalog::lines(&database).await, before);
    Ok(())
}

#[tokio::test]
async fn a_callers_transaction_takes_its_changes_back() -> Result<(), DbErr> {
    let database = TestDatabase::embedded("auth").await;
    let transaction = database.connection().begin().await?;
    assert_eq!(ensure(&transaction).await?, CREATED);
    transaction.rollback().await?;
    assert_eq!(catalog::lines(&database).await, [""; 0]);
    Ok(())
}
