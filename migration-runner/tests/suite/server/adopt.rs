//! `adopt`: databases as Alembic and the old SQL runner left them.

mod accepted;
#[path = "../../../src/databases.rs"]
mod databases;
mod every_mutation;
mod mutations;
mod prefixes;
mod refusals;
mod states;

use schema_engine::{
    catalog::{Catalog, Options, Source},
    shadow::Place,
};
use schema_testing::{TestDatabase, catalog, server::server};
use sea_orm_migration::MigratorTrait;
use tempfile::TempDir;

use crate::runner::{Outcome, run_with};

/// The tables of the tool, which Alembic knew nothing of.
const FORGET: &str = "DROP TABLE IF EXISTS seaql_migrations, migration_journal";

/// A database that another system made, and a folder to run the tool in.
struct Foreign {
    /// What the tool calls it.
    database: &'static str,
    name: String,
    url: String,
    folder: TempDir,
}

impl Foreign {
    /// An empty one.
    async fn new(database: &'static str) -> Self {
        let name = server().create_database(database).await;
        let url = server().url(&name);
        Self { database, name, url, folder: tempfile::tempdir().expect("a folder") }
    }

    /// One on which the first `steps` migrations ran, noted by nobody.
    async fn built(database: &'static str, steps: usize) -> Self {
        let foreign = Self::new(database).await;
        let connection = foreign.connect().await;
        let steps = u32::try_from(steps).expect("a short lineage");
        up(database, &connection, steps).await;
        connection.execute(FORGET).await;
        foreign
    }

    async fn connect(&self) -> TestDatabase {
        TestDatabase::at(&self.url).await
    }

    async fn execute(&self, sql: &str) {
        self.connect().await.execute(sql).await;
    }

    /// Writes these revisions, as Alembic does; none leave its table empty.
    async fn at_revisions(&self, revisions: &[&str]) {
        self.execute(
            "CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(32) PRIMARY KEY)",
        )
        .await;
        for revision in revisions {
            self.execute(&format!("INSERT INTO alembic_version VALUES ('{revision}')")).await;
        }
    }

    /// Runs `command` on it, its lineages replayed on the same server.
    fn run(&self, command: &[&str]) -> Outcome {
        let shadow = server().url("postgres");
        self.run_with(command, &[("REYNARD_SHADOW_URL", &shadow)])
    }

    /// Runs `command` on it, its lineages replayed in memory, by a later release of PostgreSQL.
    fn run_in_memory(&self, command: &[&str]) -> Outcome {
        self.run_with(command, &[])
    }

    fn run_with(&self, command: &[&str], variables: &[(&str, &str)]) -> Outcome {
        let words = [&[command[0], self.database, "-u", &self.url], &command[1..]].concat();
        run_with(self.folder.path(), &words, variables)
    }

    async fn lines(&self) -> Vec<String> {
        catalog::lines(&self.connect().await).await
    }

    /// What is there beside the catalog: the names of the tool's and Alembic's tables.
    async fn noted(&self) -> Vec<String> {
        let sql = "SELECT relname::text FROM pg_class
                    WHERE relname IN ('seaql_migrations', 'migration_journal', 'alembic_version')
                    ORDER BY 1";
        self.connect().await.texts(sql).await
    }

    async fn applied(&self) -> Vec<String> {
        let sql = "SELECT version FROM seaql_migrations ORDER BY version";
        self.connect().await.texts(sql).await
    }
}

/// The lines of `outcome` that begin with `word`, without it and the name of the database.
fn said<'a>(outcome: &'a Outcome, word: &str) -> Vec<&'a str> {
    let lines = outcome.stdout.lines().filter_map(|line| line.split_once("  "));
    lines.filter_map(|(_, line)| line.trim_start().strip_prefix(word)).map(str::trim).collect()
}

async fn up(database: &str, connection: &TestDatabase, steps: u32) {
    let connection = connection.connection();
    let done = match database {
        "auth" => auth_schema::Migrator::up(connection, Some(steps)).await,
        "ecs" | "ecs_e2e" => ecs_schema::Migrator::up(connection, Some(steps)).await,
        "main" | "e2e" => main_schema::Migrator::up(connection, Some(steps)).await,
        "mcp" => mcp_schema::Migrator::up(connection, Some(steps)).await,
        _ => panic!("there is no database `{database}`"),
    };
    done.expect("steps up");
}

/// Where lineages are replayed.
fn shadows() -> Place {
    Place::Server(server().url("postgres").parse().expect("a URL"))
}

async fn inspect(db: &impl Source) -> Catalog {
    schema_engine::catalog::inspect(db, &Options::default()).await.expect("a catalog")
}
