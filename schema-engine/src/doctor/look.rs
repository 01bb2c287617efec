//! One look at a database: a transaction that may only read and in which a check may fail.
//!
//! Reads.

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, Statement,
    TransactionTrait, Value,
};

use super::{Finding, Level, Surroundings, role::Role};
use crate::{
    catalog::identifier::quote,
    open::Opened,
    server_error::{INSUFFICIENT_PRIVILEGE, LOCK_NOT_AVAILABLE, said, sqlstate},
};

/// A table that somebody has locked is not waited for: what waits behind us would wait too.
const PATIENCE: &str = "SET LOCAL lock_timeout = '2s'";

/// A database that is looked at.
pub(super) struct Look<'a> {
    pub(super) opened: &'a Opened<'a>,
    pub(super) around: Surroundings<'a>,
    pub(super) db: DatabaseTransaction,
    /// Who looks.
    pub(super) role: Role,
}

impl<'a> Look<'a> {
    pub(super) async fn begin(
        opened: &'a Opened<'a>,
        around: Surroundings<'a>,
    ) -> Result<Self, DbErr> {
        let connection = opened.session.connection();
        let db = connection.begin_with_config(None, Some(AccessMode::ReadOnly)).await?;
        db.execute_unprepared(PATIENCE).await?;
        let role = Role::read(&db).await?;
        Ok(Self { opened, around, db, role })
    }

    pub(super) async fn end(self) -> Result<(), DbErr> {
        self.db.rollback().await
    }

    /// What the tool calls the database.
    pub(super) fn database(&self) -> &'static str {
        self.opened.located.database.name
    }

    /// What `work` finds, or that it could not look: one check does not stop the others.
    ///
    /// # Errors
    ///
    /// The server's, where it does not answer any more.
    pub(super) async fn attempt(
        &self,
        check: &'static str,
        work: impl Future<Output = Result<Vec<Finding>, DbErr>>,
    ) -> Result<Vec<Finding>, DbErr> {
        self.db.execute_unprepared("SAVEPOINT look").await?;
        let found = work.await;
        // Gives back what the look has locked, too.
        self.db.execute_unprepared("ROLLBACK TO SAVEPOINT look").await?;
        Ok(found.unwrap_or_else(|error| vec![blind(check, &error, &self.role.name)]))
    }

    /// The rows of a query.
    pub(super) async fn rows<T: FromQueryResult>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>, DbErr> {
        let backend = self.db.get_database_backend();
        let query = Statement::from_sql_and_values(backend, sql, values);
        T::find_by_statement(query).all(&self.db).await
    }
}

fn blind(check: &'static str, error: &DbErr, role: &str) -> Finding {
    let said = said(error).unwrap_or_else(|| error.to_string());
    match sqlstate(error).as_deref() {
        Some(INSUFFICIENT_PRIVILEGE) => Finding::warning(
            check,
            format!("`{role}` may not look: {said}"),
            format!(
                "let the owner run: GRANT SELECT ON ALL TABLES IN SCHEMA public TO {};",
                quote(role)
            ),
        ),
        Some(LOCK_NOT_AVAILABLE) => Finding::warning(
            check,
            "somebody has locked a table that is to be looked at",
            "ask again when it is free",
        ),
        _ => Finding {
            check,
            level: Level::Problem,
            text: format!("cannot be looked at: {said}"),
            fix: None,
        },
    }
}
