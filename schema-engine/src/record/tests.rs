//! On embedded databases: what is recorded on one and run on another gives the same rows.

use sea_orm::{
    ConnectionTrait, DbBackend, Statement, Value as OrmValue,
    prelude::{DateTimeUtc, Decimal, PgVector, Uuid},
};
use sea_orm_migration::prelude::*;

use super::*;
use crate::{
    embedded::{self, Embedded, Storage},
    fixtures,
};

const TABLE: &str = "
    CREATE EXTENSION vector;
    CREATE TYPE mood AS ENUM ('sad', 'it''s fine');
    CREATE TABLE everything (
        id integer, big bigint, text text, flag boolean, uuid uuid, json jsonb, amount numeric,
        at timestamptz, bytes bytea, ratio double precision, list text[], vector vector(2), mood mood
    )";

const INSERT: &str = "
    INSERT INTO everything (id, big, text, flag, uuid, json, amount, at, bytes, ratio, list, vector, mood)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::mood) -- not $14";

struct Everything;

impl MigrationName for Everything {
    fn name(&self) -> &'static str {
        "m1_everything"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Everything {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLE).await?;
        for values in [something(), nothing()] {
            db.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, INSERT, values))
                .await?;
        }
        if manager.has_table("everything").await? {
            let rename = Table::alter().table("everything").rename_column("text", "words").take();
            manager.alter_table(rename).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let all = Query::select().column(Asterisk).from("everything").to_owned();
        let rows = manager.get_connection().query_all(&all).await?;
        let has_rows = Expr::value(!rows.is_empty());
        let delete = Query::delete().from_table("everything").and_where(has_rows).to_owned();
        manager.execute(delete).await?;
        let work = "DROP TABLE everything; SELECT 1; DROP TYPE moods; SELECT 2";
        manager.get_connection().execute_unprepared(work).await.map(|_| ())
    }
}

fn something() -> [OrmValue; 13] {
    [
        (-5).into(),
        i64::MAX.into(),
        "it's \\ $1 'ö'".into(),
        true.into(),
        Uuid::from_u128(7).into(),
        serde_json::json!({"a": ["b", null]}).into(),
        Decimal::new(-12345, 3).into(),
        DateTimeUtc::from_timestamp_nanos(1_700_000_000_123_456_000).into(),
        vec![0_u8, 39, 92, 255].into(),
        0.1_f64.into(),
        vec!["a,b".to_owned(), "{\"".to_owned()].into(),
        PgVector::from(vec![1.5, -2.0]).into(),
        "it's fine".into(),
    ]
}

fn nothing() -> [OrmValue; 13] {
    something().map(|value| value.as_null())
}

struct Database {
    embedded: Embedded,
}

impl Database {
    fn new() -> Self {
        Self { embedded: Embedded::start(Storage::Memory, "recorded", 0).expect("PostgreSQL") }
    }

    async fn recorder(&self) -> Recorder {
        let options = embedded::options(&self.embedded.url());
        Recorder::connect(&options).await.expect("a recorder")
    }
}

async fn rows(db: &DatabaseConnection) -> Vec<String> {
    let sql = "SELECT to_jsonb(e)::text FROM everything AS e";
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
    let text = |row: &sea_orm::QueryResult| row.try_get_by_index(0).expect("text");
    rows.expect("rows").iter().map(text).collect()
}

fn shown(recording: &Recording) -> Vec<String> {
    let first = |statement: &Recorded| {
        let words: Vec<&str> = statement.sql.split_whitespace().take(3).collect();
        format!("{:?} {}", statement.kind, words.join(" "))
    };
    recording.statements.iter().map(first).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_does_the_same_again() {
    let (first, second) = (Database::new(), Database::new());
    let recorder = first.recorder().await;
    let migration = fixtures::rust(Box::new(Everything));
    let recording = recorder.record(&migration, Direction::Up).await.expect("a recording");
    let expected = [
        "Write CREATE EXTENSION vector",
        "Write CREATE TYPE mood",
        "Write CREATE TABLE everything",
        "Write INSERT INTO everything",
        "Write INSERT INTO everything",
        "Read SELECT COUNT(*) >",
        "Write ALTER TABLE \"everything\"",
    ];
    assert_eq!(shown(&recording), expected);
    assert!(recording.reads());

    let other = second.recorder().await;
    for statement in recording.writes() {
        if let Err(error) = other.connection().execute_unprepared(&statement.sql).await {
            panic!("{error} in {}", statement.sql);
        }
    }
    let rows_of_first = rows(recorder.connection()).await;
    assert_eq!(rows_of_first.len(), 2);
    assert_eq!(rows(other.connection()).await, rows_of_first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_names_the_statement_and_leaves_nothing() {
    let database = Database::new();
    let recorder = database.recorder().await;
    let migration = fixtures::rust(Box::new(Everything));
    recorder.record(&migration, Direction::Up).await.expect("a recording");
    let error = recorder.record(&migration, Direction::Down).await.expect_err("`moods` is no type");
    assert_eq!(
        error.to_string(),
        "the revert of `m1_everything` failed in the shadow at `DROP TYPE moods`"
    );
    assert_eq!(rows(recorder.connection()).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_transaction_runs_by_statements() {
    let database = Database::new();
    let recorder = database.recorder().await;
    let up = "-- transaction: none\nCREATE TABLE t (a int);\n\
              CREATE INDEX CONCURRENTLY i ON t (a);";
    let migration = fixtures::sql("m2_index", up, "DROP TABLE t;");
    let recording = recorder.record(&migration, Direction::Up).await.expect("a recording");
    let expected = ["Write CREATE TABLE t", "Write CREATE INDEX CONCURRENTLY"];
    assert_eq!(shown(&recording), expected);
    let recording = recorder.record(&migration, Direction::Down).await.expect("a recording");
    assert_eq!(shown(&recording), ["Write DROP TABLE t"]);
}
