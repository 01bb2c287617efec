//! Makes the tables of entities before their foreign keys, which SeaORM writes into the tables: in a
//! circle none of those could come first. Writes.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, SchemaBuilder,
    Statement,
};
use squawk_syntax::{
    SourceFile,
    ast::{AstNode, Stmt, TableArg, TableConstraint},
};

/// Makes all that the entities say.
pub(super) async fn apply(entities: SchemaBuilder, db: &DatabaseTransaction) -> Result<(), DbErr> {
    let tables = Tables { db, keys: Mutex::default() };
    entities.apply(&tables).await?;
    for key in tables.keys.into_inner().unwrap_or_else(PoisonError::into_inner) {
        db.execute_unprepared(&key).await?;
    }
    Ok(())
}

/// Keeps the foreign keys of the tables that are made through it for later.
struct Tables<'a> {
    db: &'a DatabaseTransaction,
    keys: Mutex<Vec<String>>,
}

#[async_trait]
impl ConnectionTrait for Tables<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let (sql, keys) = apart(&statement.sql);
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).extend(keys);
        self.db.execute_raw(Statement { sql, ..statement }).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.db.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.db.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.db.query_all_raw(statement).await
    }
}

/// The statement that makes a table without its foreign keys, and those that add them.
fn apart(sql: &str) -> (String, Vec<String>) {
    let whole = || (sql.to_owned(), Vec::new());
    if !sql.contains("FOREIGN KEY") {
        return whole();
    }
    let Some(Stmt::CreateTable(table)) = SourceFile::parse(sql).tree().stmts().next() else {
        return whole();
    };
    let (Some(name), Some(list)) = (table.table_name(), table.table_arg_list()) else {
        return whole();
    };
    let is_key = |arg: &TableArg| {
        matches!(arg, TableArg::TableConstraint(TableConstraint::ForeignKeyConstraint(_)))
    };
    let (keys, others): (Vec<_>, Vec<_>) = list.args().partition(is_key);
    let others: Vec<_> = others.iter().map(|arg| arg.syntax().text().to_string()).collect();
    let range = list.syntax().text_range();
    let (before, after) = (&sql[..range.start().into()], &sql[range.end().into()..]);
    let add = |key: &TableArg| {
        format!("ALTER TABLE {} ADD {}", name.syntax().text(), key.syntax().text())
    };
    (format!("{before}( {} ){after}", others.join(", ")), keys.iter().map(add).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foreign_keys_of_a_table_are_added_to_it() {
        let check = |sql: &str, table: &str, keys: &[&str]| {
            let (found, added) = apart(sql);
            assert_eq!(
                (found.as_str(), added),
                (table, keys.iter().map(|key| (*key).to_owned()).collect())
            );
        };
        let plain = r#"CREATE TABLE "a" ( "id" integer NOT NULL PRIMARY KEY )"#;
        check(plain, plain, &[]);
        check(
            r#"CREATE TABLE "sys"."a" ( "id" integer, "FOREIGN KEY" text DEFAULT ', (', CONSTRAINT "k" FOREIGN KEY ("id", "b") REFERENCES "b" ("id", "b") ON DELETE CASCADE, FOREIGN KEY ("id") REFERENCES "sys"."a" ("id") )"#,
            r#"CREATE TABLE "sys"."a" ( "id" integer, "FOREIGN KEY" text DEFAULT ', (' )"#,
            &[
                r#"ALTER TABLE "sys"."a" ADD CONSTRAINT "k" FOREIGN KEY ("id", "b") REFERENCES "b" ("id", "b") ON DELETE CASCADE"#,
                r#"ALTER TABLE "sys"."a" ADD FOREIGN KEY ("id") REFERENCES "sys"."a" ("id")"#,
            ],
        );
        let index = r#"CREATE INDEX "FOREIGN KEY" ON "a" ("id")"#;
        check(index, index, &[]);
    }
}
