//! The codes by which PostgreSQL says what went wrong. Pure.

use std::borrow::Cow;

use sea_orm::{DbErr, RuntimeErr};

/// A lock was not to be had within `lock_timeout`.
pub(crate) const LOCK_NOT_AVAILABLE: &str = "55P03";
/// Two transactions waited for each other.
pub(crate) const DEADLOCK_DETECTED: &str = "40P01";
/// The statement refuses to run in a transaction.
pub(crate) const ACTIVE_SQL_TRANSACTION: &str = "25001";
/// There is no such type, index or constraint.
pub(crate) const UNDEFINED_OBJECT: &str = "42704";

/// The role may not do that.
pub(crate) const INSUFFICIENT_PRIVILEGE: &str = "42501";

/// The code of the server, where it was the server that refused.
pub(crate) fn of(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(error) | DbErr::Query(error) | DbErr::Conn(error)) = error else {
        return None;
    };
    let RuntimeErr::SqlxError(error) = error else { return None };
    error.as_database_error()?.code().map(Cow::into_owned)
}

/// Whether the same work may succeed when it is done again.
pub(crate) fn is_in_the_way(error: &DbErr) -> bool {
    matches!(of(error).as_deref(), Some(LOCK_NOT_AVAILABLE | DEADLOCK_DETECTED))
}
