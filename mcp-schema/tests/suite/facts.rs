//! The migrated database is what the facts say of it, and at head what the entities say.

use mcp_schema::{
    Migrator,
    migrations::{ALEMBIC_REVISIONS, TABLES},
};
use schema_testing::{TestDatabase, entities, facts, lineage};

/// An embedded database like the live ones that the facts were taken from.
async fn as_alembic_left_it() -> TestDatabase {
    let database = TestDatabase::embedded("mcp").await;
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    database
}

#[tokio::test]
async fn facts_hold_where_alembic_ended() {
    let database = as_alembic_left_it().await;
    assert_eq!(facts::differences("mcp", &database).await, [""; 0]);
}

#[tokio::test]
async fn entities_say_what_migrations_make() {
    let migrated = lineage::migrated::<Migrator>("mcp").await;
    let empty = TestDatabase::embedded("mcp").await;
    assert_eq!(entities::differences("mcp_schema::*", &migrated, &empty).await, [""; 0]);
}

#[tokio::test]
async fn the_tables_at_head_are_listed() {
    let database = lineage::migrated::<Migrator>("mcp").await;
    assert_eq!(TABLES, facts::tables(&database).await);
}

/// Each change alone must be found, and nothing but it.
#[tokio::test]
async fn no_departure_from_the_facts_goes_unseen() {
    let database = as_alembic_left_it().await;
    for (change, expected) in [
        (
            "ALTER TYPE toolcategoryenum RENAME VALUE 'GIT' TO 'FORGE'",
            &[
                "enum `toolcategoryenum` is AGENT, CHARACTER, ECS, SOCIAL, LINTING, FORMATTING, \
                 SEARCH, VISUALIZATION, SECURITY, UTILITY, VERSION, VSCODE, PLAYWRIGHT, MONOLITH, \
                 MANAGEMENT, SECRETS, RESEARCH, EMAIL, FORGE, not AGENT, CHARACTER, ECS, SOCIAL, \
                 LINTING, FORMATTING, SEARCH, VISUALIZATION, SECURITY, UTILITY, VERSION, VSCODE, \
                 PLAYWRIGHT, MONOLITH, MANAGEMENT, SECRETS, RESEARCH, EMAIL, GIT",
                "row `GIT` of `tool_categories` is missing",
                "row `FORGE` of `tool_categories` is not in the facts",
            ][..],
        ),
        ("CREATE TYPE mood AS ENUM ('calm')", &["enum `mood` is not in the facts"]),
        (
            "DELETE FROM tool_categories WHERE name = 'EMAIL'",
            &["row `EMAIL` of `tool_categories` is missing"],
        ),
        (
            "UPDATE tool_configuration SET default_timeout = 31",
            &["row `1.0.0` of `tool_configuration` is \
               {\"auto_sync_enabled\":true,\"cache_ttl_seconds\":300.0,\"default_timeout\":31.0,\
               \"max_concurrent_tools\":10.0,\"settings\":{},\"version\":\"1.0.0\"}, not \
               {\"auto_sync_enabled\":true,\"cache_ttl_seconds\":300.0,\"default_timeout\":30.0,\
               \"max_concurrent_tools\":10.0,\"settings\":{},\"version\":\"1.0.0\"}"],
        ),
    ] {
        database.execute(&format!("BEGIN; {change}")).await;
        assert_eq!(facts::differences("mcp", &database).await, expected, "{change}");
        database.execute("ROLLBACK").await;
    }
}

#[tokio::test]
async fn no_departure_of_the_entities_goes_unseen() {
    let migrated = lineage::migrated::<Migrator>("mcp").await;
    let empty = TestDatabase::embedded("mcp").await;
    migrated
        .execute(
            "CREATE TABLE strays (id INTEGER);
             ALTER TABLE tools ALTER COLUMN version TYPE VARCHAR(30), ALTER COLUMN config SET NOT NULL,
                 ALTER COLUMN enabled SET DEFAULT true, DROP CONSTRAINT tools_name_key,
                 DROP CONSTRAINT tools_category_id_fkey, ADD FOREIGN KEY (category_id)
                     REFERENCES tool_categories ON DELETE CASCADE;
             CREATE INDEX ON tools (is_system_tool);
             DROP INDEX idx_tool_history_change_type;
             ALTER TYPE toolcategoryenum RENAME TO category",
        )
        .await;
    assert_eq!(
        entities::differences("mcp_schema::*", &migrated, &empty).await,
        [
            "column `tool_categories.name` is toolcategoryenum not null, not category not null",
            "column `tools.config` is json null, not json not null",
            "column `tools.enabled` is boolean not null, not boolean not null default true",
            "column `tools.version` is character varying(20) not null, not character varying(30) \
             not null",
            "enum `category` is missing",
            "foreign key (category_id) to tool_categories (id) on delete CASCADE on update NO \
             ACTION of `tools` is missing",
            "index (is_system_tool) of `tools` is missing",
            "index (name) of `tools` is missing",
            "table `strays` is missing",
            "enum `toolcategoryenum` is not in the migrations",
            "foreign key (category_id) to tool_categories (id) on delete NO ACTION on update NO \
             ACTION of `tools` is not in the migrations",
            "index (change_type) of `tool_config_history` is not in the migrations",
            "unique (name) of `tools` is not in the migrations",
        ]
    );
}
