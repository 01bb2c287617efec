//! What a PostgreSQL server said when a statement failed. Pure.

use std::error::Error;

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{
        self,
        postgres::{PgDatabaseError, PgErrorPosition},
    },
};

/// A lock was not to be had within `lock_timeout`.
pub(crate) const LOCK_NOT_AVAILABLE: &str = "55P03";
/// Two transactions waited for each other.
const DEADLOCK_DETECTED: &str = "40P01";
/// The statement refuses to run in a transaction.
pub(crate) const ACTIVE_SQL_TRANSACTION: &str = "25001";
/// There is no such type, index or constraint.
pub(crate) const UNDEFINED_OBJECT: &str = "42704";
/// The role may not do it.
pub(crate) const INSUFFICIENT_PRIVILEGE: &str = "42501";
/// A prepared statement of this name is there already.
const DUPLICATE_PREPARED_STATEMENT: &str = "42P05";
/// There is no prepared statement of this name.
const INVALID_SQL_STATEMENT_NAME: &str = "26000";

/// The five characters by which PostgreSQL names an error.
pub fn sqlstate(error: &DbErr) -> Option<String> {
    Some(of_server(error)?.code().to_owned())
}

/// Whether others were in the way, so that the same work may succeed when it is done again.
pub(crate) fn is_in_the_way(error: &DbErr) -> bool {
    matches!(sqlstate(error).as_deref(), Some(LOCK_NOT_AVAILABLE | DEADLOCK_DETECTED))
}

/// Whether only a session that others use too can say so.
pub(crate) fn is_of_pooler(error: &DbErr) -> bool {
    let code = sqlstate(error);
    matches!(code.as_deref(), Some(DUPLICATE_PREPARED_STATEMENT | INVALID_SQL_STATEMENT_NAME))
}

/// The server's own words where it is what `cause` is about: message, detail and hint.
///
/// The driver shows the message alone, and behind it the line of PostgreSQL's own source that
/// raised it, which readers take for one of theirs.
pub fn said(cause: &(dyn Error + 'static)) -> Option<String> {
    let error = match cause.downcast_ref::<DbErr>() {
        Some(error) => of_server(error)?,
        None => of_driver(cause.downcast_ref()?)?,
    };
    let rest = [error.detail(), error.hint()].into_iter().flatten();
    Some(rest.fold(error.message().to_owned(), |said, more| format!("{said}; {more}")))
}

/// Where in the text that was run the server found what it is about, in characters from 1.
pub fn position(error: &DbErr) -> Option<usize> {
    match of_server(error)?.position()? {
        PgErrorPosition::Original(position) => Some(position).filter(|position| *position > 0),
        PgErrorPosition::Internal { .. } => None,
    }
}

/// An error and its causes in one line, up to what the server said.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        let said = said(cause);
        next = if said.is_some() { None } else { cause.source() };
        let cause = said.unwrap_or_else(|| cause.to_string());
        // A transparent error says what its source says, and SeaORM's ends with that.
        if !text.ends_with(&cause) {
            text = if text.is_empty() { cause } else { format!("{text}: {cause}") };
        }
    }
    text
}

fn of_server(error: &DbErr) -> Option<&PgDatabaseError> {
    let (DbErr::Exec(cause) | DbErr::Query(cause) | DbErr::Conn(cause)) = error else {
        return None;
    };
    let RuntimeErr::SqlxError(error) = cause else { return None };
    of_driver(error)
}

fn of_driver(error: &sqlx::Error) -> Option<&PgDatabaseError> {
    error.as_database_error()?.try_downcast_ref()
}
