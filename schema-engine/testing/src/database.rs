//! Databases of a test's own: embedded in memory, or new on the suite's server.

use schema_engine::{
    database,
    embedded::{Embedded, Storage},
};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement};

use crate::server::server;

/// A database that nobody else uses; gone with the test.
#[derive(Debug)]
pub struct TestDatabase {
    connection: DatabaseConnection,
    // Dropped after the connection, which it serves.
    _embedded: Option<Embedded>,
}

impl TestDatabase {
    /// An empty embedded PostgreSQL in memory, called as production calls `database`.
    ///
    /// # Panics
    ///
    /// Where it does not start.
    pub async fn embedded(database: &str) -> Self {
        let name = database::find(database).expect("a database of the tool").database_name;
        let start = move || Embedded::start(Storage::Memory, name, 0);
        let embedded = tokio::task::spawn_blocking(start)
            .await
            .expect("no panic in starting")
            .expect("an embedded PostgreSQL");
        let connection = connect(&embedded.url()).await;
        Self { connection, _embedded: Some(embedded) }
    }

    /// A new, empty database on the suite's server, under a name that begins with `stem`.
    pub async fn on_server(stem: &str) -> Self {
        let name = server().create_database(stem).await;
        Self::at(&server().url(&name)).await
    }

    /// The database at `url`.
    pub async fn at(url: &str) -> Self {
        Self { connection: connect(url).await, _embedded: None }
    }

    /// Its one connection.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Runs SQL that must succeed.
    ///
    /// # Panics
    ///
    /// With the SQL and the error where it does not.
    pub async fn execute(&self, sql: &str) {
        if let Err(error) = self.connection.execute_unprepared(sql).await {
            panic!("{error}\nin: {sql}");
        }
    }

    /// Runs SQL that must fail and gives the error.
    ///
    /// # Panics
    ///
    /// With the SQL where it succeeds.
    pub async fn refuse(&self, sql: &str) -> DbErr {
        match self.connection.execute_unprepared(sql).await {
            Err(error) => error,
            Ok(_) => panic!("this was to fail: {sql}"),
        }
    }

    /// The rows of a query.
    ///
    /// # Panics
    ///
    /// With the SQL and the error where it fails.
    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let statement = Statement::from_string(self.connection.get_database_backend(), sql);
        match self.connection.query_all_raw(statement).await {
            Ok(rows) => rows,
            Err(error) => panic!("{error}\nin: {sql}"),
        }
    }

    /// The first column of every row, as text.
    ///
    /// # Panics
    ///
    /// Where `sql` fails or selects something else there.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql).await;
        rows.iter()
            .map(|row| {
                let value: Option<String> = row.try_get_by_index(0).expect("text");
                value.unwrap_or_else(|| "null".to_owned())
            })
            .collect()
    }

    /// The only value that `sql` selects, as text.
    ///
    /// # Panics
    ///
    /// Where it does not select exactly one row.
    pub async fn text(&self, sql: &str) -> String {
        let mut texts = self.texts(sql).await;
        assert_eq!(texts.len(), 1, "rows of {sql}");
        texts.remove(0)
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    // What a test leaves in its session is there until its end, be that an hour later.
    options.max_connections(1).max_lifetime(None).idle_timeout(None);
    options.sqlx_logging(false).test_before_acquire(false);
    sea_orm::Database::connect(options).await.expect("a connection")
}
