//! What a PostgreSQL server said when a statement failed. Pure.

use std::error::Error;

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, postgres::PgDatabaseError},
};

/// The server's own words where it is what `cause` is about: message, detail and hint.
///
/// The driver shows the message alone, and behind it the line of PostgreSQL's own source that
/// raised it, which readers take for one of theirs.
pub fn said(cause: &(dyn Error + 'static)) -> Option<String> {
    let error = match cause.downcast_ref::<DbErr>() {
        Some(error) => of_orm(error)?,
        None => of_driver(cause.downcast_ref()?)?,
    };
    let rest = [error.detail(), error.hint()].into_iter().flatten();
    Some(rest.fold(error.message().to_owned(), |said, more| format!("{said}; {more}")))
}

fn of_orm(error: &DbErr) -> Option<&PgDatabaseError> {
    let (DbErr::Exec(cause) | DbErr::Query(cause) | DbErr::Conn(cause)) = error else {
        return None;
    };
    let RuntimeErr::SqlxError(error) = cause else { return None };
    of_driver(error)
}

fn of_driver(error: &sqlx::Error) -> Option<&PgDatabaseError> {
    error.as_database_error()?.try_downcast_ref()
}
