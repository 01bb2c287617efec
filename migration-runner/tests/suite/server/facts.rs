//! Every database, production and twin, is what the facts say, on a server.

use auth_schema::migrations::ALEMBIC_REVISIONS as AUTH;
use ecs_schema::migrations::ALEMBIC_REVISIONS as ECS;
use main_schema::migrations::ALEMBIC_REVISIONS as MAIN;
use mcp_schema::migrations::ALEMBIC_REVISIONS as MCP;
use schema_engine::database::DATABASES;
use schema_testing::{TestDatabase, facts, lineage, server::server};

use crate::runner::run_with;

#[tokio::test]
async fn every_database_holds_its_facts_on_a_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut urls = Vec::new();
    for database in &DATABASES {
        urls.push(server().url(&format!("facts_{}", database.database_name)));
    }
    let variables: Vec<(&str, &str)> = std::iter::zip(&DATABASES, &urls)
        .map(|(database, url)| (database.url_variable, url.as_str()))
        .collect();
    run_with(folder.path(), &["setup", "all", "--e2e"], &variables).expect_success();
    for (database, url) in std::iter::zip(&DATABASES, &urls) {
        let there = TestDatabase::at(url).await;
        if !is_as_alembic_left_it(database.schema, &there).await {
            continue;
        }
        let differences = facts::differences(database.schema, &there).await;
        assert_eq!(differences, [""; 0], "{}", database.name);
    }
}

/// Brings a database to where its facts speak of it; there are none of a schema that Alembic never
/// ran.
async fn is_as_alembic_left_it(schema: &str, database: &TestDatabase) -> bool {
    use lineage::as_alembic_left_it as leave;
    match schema {
        "auth" => leave::<auth_schema::Migrator>(database, AUTH).await,
        "ecs" => leave::<ecs_schema::Migrator>(database, ECS).await,
        "main" => leave::<main_schema::Migrator>(database, MAIN).await,
        "mcp" => leave::<mcp_schema::Migrator>(database, MCP).await,
        _ => return false,
    }
    true
}
