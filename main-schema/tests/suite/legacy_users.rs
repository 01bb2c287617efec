//! An empty legacy `users` table goes; any other is left alone, and the migration says why.

use main_schema::Migrator;
use schema_testing::{TestDatabase, catalog, lineage};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

/// Migrations before the one that creates the agents.
const SQL_FILES: u32 = 5;

const LEGACY: &str = "
    CREATE TABLE users (id SERIAL PRIMARY KEY, username TEXT, email TEXT, hashed_password TEXT)";

async fn with(users: &str) -> TestDatabase {
    let database = lineage::stopped_after::<Migrator>("e2e", SQL_FILES).await;
    database.execute(users).await;
    database
}

#[tokio::test]
async fn an_empty_legacy_table_is_dropped() -> Result<(), DbErr> {
    for addition in [
        "",
        "; ALTER TABLE users ADD COLUMN is_active BOOLEAN",
        "; CREATE INDEX ON users (email)",
        "; INSERT INTO users (username) VALUES ('reynard'); DELETE FROM users",
        "; CREATE TABLE tools_of_users (user_id INTEGER)",
    ] {
        let database = with(&format!("{LEGACY}{addition}")).await;
        Migrator::up(database.connection(), Some(1)).await?;
        let users = "SELECT coalesce(to_regclass('users')::text, 'gone')";
        assert_eq!(database.text(users).await, "gone", "{addition}");
    }
    Ok(())
}

#[tokio::test]
async fn any_other_table_is_left_alone_and_the_error_says_why() {
    for (users, why) in [
        (
            format!("{LEGACY}; INSERT INTO users (username) VALUES ('reynard'), ('isegrim')"),
            "rows in it: 2",
        ),
        (
            format!("{LEGACY}; CREATE TABLE dens (user_id INTEGER REFERENCES users)"),
            "the foreign key dens_user_id_fkey of dens refers to it",
        ),
        (
            format!("{LEGACY}; ALTER TABLE users ADD COLUMN boss INTEGER REFERENCES users"),
            "the foreign key users_boss_fkey of users refers to it",
        ),
        (
            format!("{LEGACY}; ALTER TABLE users DROP COLUMN hashed_password, DROP COLUMN email"),
            "it has no column email; it has no column hashed_password",
        ),
        (
            format!("{LEGACY}; ALTER TABLE users ADD COLUMN role TEXT"),
            "it has the column role, which is Gatekeeper's",
        ),
        (
            "CREATE TABLE users (id UUID PRIMARY KEY, username VARCHAR(50) NOT NULL,
                                 password_hash VARCHAR(255) NOT NULL, role VARCHAR(20) NOT NULL,
                                 email VARCHAR(255));
             INSERT INTO users VALUES (gen_random_uuid(), 'reynard', 'hash', 'admin', NULL)"
                .to_owned(),
            "it has no column hashed_password; it has the column password_hash, which is \
             Gatekeeper's; it has the column role, which is Gatekeeper's; rows in it: 1",
        ),
        (
            "CREATE VIEW users AS SELECT 1 AS id, '' AS username, '' AS email, '' AS hashed_password
             WHERE false"
                .to_owned(),
            "it is not an ordinary table",
        ),
    ] {
        let database = with(&users).await;
        let rows = "SELECT to_jsonb(users)::text FROM users ORDER BY 1";
        let before = (catalog::lines(&database).await, database.texts(rows).await);
        let error = Migrator::up(database.connection(), Some(1)).await.unwrap_err().to_string();
        let expected = format!("users is not an empty legacy table, so it is not dropped: {why}");
        let said = error.strip_prefix("Execution Error: error returned from database: ");
        let said = said.and_then(|said| said.split(" at line ").next());
        assert_eq!(said.unwrap_or(&error), expected);
        let after = (catalog::lines(&database).await, database.texts(rows).await);
        assert_eq!(after, before, "{why}");
    }
}
