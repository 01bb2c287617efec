//! The exit status of each error.

use std::process::ExitCode;

use schema_engine::{
    adopt::AdoptError, check::RenameError, create::CreateError, database::UnknownDatabase,
    environment::EnvironmentError, location::LocationError, lock::LockError, migrate::MigrateError,
    open::OpenError, plan::PlanError, target::TargetError,
};

use crate::context::UsageError;

pub(crate) const DONE: u8 = 0;
pub(crate) const FAILED: u8 = 1;
pub(crate) const USAGE: u8 = 2;
pub(crate) const FOUND: u8 = 3;
pub(crate) const HELD: u8 = 4;
pub(crate) const UNCONFIRMED: u8 = 5;

/// The status that tells a script what kind of failure `error` is.
pub(crate) fn status_of(error: &anyhow::Error) -> u8 {
    error.chain().find_map(status_of_cause).unwrap_or(FAILED)
}

pub(crate) fn code_of(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(status_of(error))
}

fn status_of_cause(cause: &(dyn std::error::Error + 'static)) -> Option<u8> {
    let is_usage = cause.is::<UsageError>()
        || cause.is::<UnknownDatabase>()
        || cause.is::<LocationError>()
        || cause.is::<EnvironmentError>()
        || cause.is::<TargetError>()
        || cause.is::<RenameError>();
    if is_usage {
        return Some(USAGE);
    }
    if let Some(error) = cause.downcast_ref::<CreateError>() {
        return match error {
            CreateError::Name(_)
            | CreateError::Exists { .. }
            | CreateError::NoModule { .. }
            | CreateError::ModuleOfSql => Some(USAGE),
            _ => None,
        };
    }
    if let Some(PlanError::Target(_) | PlanError::AlreadyThere { .. }) = cause.downcast_ref() {
        return Some(USAGE);
    }
    if let Some(error) = cause.downcast_ref::<MigrateError>() {
        return match error {
            MigrateError::Plan(PlanError::Target(_) | PlanError::AlreadyThere { .. }) => {
                Some(USAGE)
            }
            MigrateError::Unconfirmed { .. } | MigrateError::Hazard { .. } => Some(UNCONFIRMED),
            _ => None,
        };
    }
    if let Some(AdoptError::Unconfirmed { .. }) = cause.downcast_ref() {
        return Some(UNCONFIRMED);
    }
    if let Some(OpenError::Lock(LockError::Held { .. } | LockError::Outlived { .. })) =
        cause.downcast_ref()
    {
        return Some(HELD);
    }
    #[cfg(feature = "embedded")]
    {
        use schema_engine::{
            connection::ConnectError,
            embedded::{EmbeddedError, FolderError},
        };

        let connect = cause.downcast_ref::<ConnectError>().or_else(|| {
            match cause.downcast_ref::<OpenError>() {
                Some(OpenError::Connect(error)) => Some(error),
                _ => None,
            }
        });
        let is_held = matches!(
            cause.downcast_ref::<EmbeddedError>(),
            Some(EmbeddedError::Folder(FolderError::Held { .. }))
        );
        if is_held || connect.is_some_and(|error| error.holder().is_some()) {
            return Some(HELD);
        }
    }
    None
}
