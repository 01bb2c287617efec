//! Every database, production and twin, is what the facts say, on a server.

use schema_engine::database::DATABASES;
use schema_testing::{TestDatabase, facts, server::server};

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
        let differences = facts::differences(database.schema, &TestDatabase::at(url).await).await;
        assert_eq!(differences, [""; 0], "{}", database.name);
    }
}
