//! What people and programs do to an embedded database between two runs of the tool.

use std::path::Path;

use schema_engine::{
    database,
    embedded::{Embedded, Storage},
};
use schema_testing::TestDatabase;

/// Runs SQL in the embedded database of `name` under `folder`.
pub(crate) fn execute(folder: &Path, name: &str, sql: &str) {
    let database = database::find(name).expect("a database").database_name;
    let path = folder.join(".reynard").join(database);
    let server = Embedded::start(Storage::Folder(&path), database, 0).expect("a server");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async { TestDatabase::at(&server.url()).await.execute(sql).await });
}
