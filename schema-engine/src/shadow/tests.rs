//! On embedded databases in memory.

use sea_orm::{DbBackend, Statement};
use sea_orm_migration::prelude::*;

use super::*;
use crate::{fixtures, schema::Managed};

fn schema() -> Schema {
    Schema {
        managed: Some(Managed {
            tables: &["users"],
            ensure: |db| {
                Box::pin(async move {
                    db.execute_unprepared("CREATE TABLE IF NOT EXISTS users (id int)").await?;
                    Ok(Vec::new())
                })
            },
        }),
        ..fixtures::of(vec![
            fixtures::sql("m1_a", "CREATE TABLE a (id int);", "DROP TABLE a;"),
            fixtures::sql("m2_b", "ALTER TABLE users ADD b int;", "ALTER TABLE users DROP b;"),
            fixtures::sql("m3_c", "ALTER TABLE a ADD c int;\nALTER TABLE b ADD c int;", ""),
        ])
    }
}

async fn columns(shadow: &Shadow) -> String {
    let sql = "SELECT coalesce(string_agg(table_name || '.' || column_name, ' ' ORDER BY 1), '')
                 FROM (SELECT table_name, column_name FROM information_schema.columns
                        WHERE table_schema = 'public' ORDER BY 1, 2) AS columns";
    let look = Statement::from_string(DbBackend::Postgres, sql);
    let row = shadow.session().connection().query_one_raw(look).await.expect("an answer");
    row.expect("a row").try_get_by_index(0).expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shadow_stands_where_a_database_does() {
    let schema = schema();
    for (applied, expected) in [
        (&[][..], "users.id"),
        (&["m1_a", "m2_b"], "a.id users.b users.id"),
        (&["m2_b", "unknown"], "users.b users.id"),
    ] {
        let shadow = Shadow::open(&Place::Memory).await.expect("a shadow");
        let applied: Vec<String> = applied.iter().map(|name| (*name).to_owned()).collect();
        shadow.bring_to(&schema, &applied).await.expect("a replay");
        assert_eq!(columns(&shadow).await, expected, "{applied:?}");
        shadow.close().await.expect("an end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_in_it_is_named() {
    let schema = schema();
    let shadow = Shadow::open(&Place::Memory).await.expect("a shadow");
    let applied: Vec<String> = schema.names().into_iter().map(str::to_owned).collect();
    let error = shadow.bring_to(&schema, &applied).await.expect_err("there is no table b");
    assert_eq!(
        error.to_string(),
        "`m3_c` failed in the shadow at `ALTER TABLE b ADD c int` (line 2 of m3_c.up.sql)"
    );
    let recording = shadow.record(&schema.migrations[1], Direction::Down).await.expect("m2_b");
    let sql: Vec<&str> = recording.statements.iter().map(|found| found.sql.as_str()).collect();
    assert_eq!(sql, ["ALTER TABLE users DROP b"]);
    shadow.close().await.expect("an end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_in_a_file_has_its_line() {
    for (up, expected) in [
        (
            "-- Two tables.\nCREATE TABLE a (id int);\nCREATE TABLE b (\n  id imt\n);\n",
            "at `CREATE TABLE b (\n  id imt\n)` (line 4 of m1.up.sql)",
        ),
        // Nothing of it is run, and the first statement is not to blame.
        (
            "CREATE TABLE a (id int);\n\nCREATE TABEL b (id int);\n",
            "at `CREATE TABEL b (id int)` (line 3 of m1.up.sql)",
        ),
        (
            "-- transaction: none\nCREATE TABLE a (id int);\n\nDROP TABLE b;\n",
            "at `DROP TABLE b` (line 4 of m1.up.sql)",
        ),
    ] {
        let schema = fixtures::of(vec![fixtures::sql("m1", up, "")]);
        let shadow = Shadow::open(&Place::Memory).await.expect("a shadow");
        let error = shadow.bring_to(&schema, &["m1".to_owned()]).await.expect_err(up);
        assert_eq!(error.to_string(), format!("`m1` failed in the shadow {expected}"));
    }
}
