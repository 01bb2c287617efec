//! `doctor`: what would be in the way of a migration or of an application, each with its mend.
//!
//! Reads only, in a transaction that the server holds to that, and takes no migration lock.

mod application;
mod connection;
mod extensions;
mod finding;
mod indexes;
mod locks;
mod look;
mod migrations;
mod role;
mod rows;
mod twin;
mod versions;

use sea_orm::DbErr;

use self::look::Look;
pub use self::{
    finding::{Finding, Level},
    twin::{Counterpart, counterpart},
};
use crate::{
    guard::Identified,
    open::{OpenError, Opened},
    schema::Schema,
};

/// What a database is held against.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The databases of the run.
    pub run: &'a [&'a Opened<'a>],
    /// Those that are configured beside them.
    pub neighbours: &'a [Identified],
    /// The schemas that this build knows.
    pub schemas: &'a [Schema],
    /// The twin of a production database, the production database of a twin.
    pub counterpart: &'a Counterpart,
    /// The role of an application, if one is to be looked at.
    pub app_role: Option<&'a str>,
}

/// Looks at an open database from every side; every check says something.
pub async fn examine(opened: &Opened<'_>, around: Surroundings<'_>) -> Vec<Finding> {
    match look_around(opened, around).await {
        Ok(findings) => findings,
        Err(error) => vec![Finding::of_error(connection::CHECK, &error)],
    }
}

/// What is to be said of a database that could not be opened.
pub fn unopened(error: &OpenError) -> Vec<Finding> {
    vec![Finding::of_error(connection::CHECK, error)]
}

async fn look_around(opened: &Opened<'_>, around: Surroundings<'_>) -> Result<Vec<Finding>, DbErr> {
    let look = Look::begin(opened, around).await?;
    let mut findings = connection::examine(&look);
    findings.extend(look.attempt(role::CHECK, role::examine(&look)).await?);
    findings.extend(look.attempt(extensions::CHECK, extensions::examine(&look)).await?);
    findings.extend(look.attempt(locks::CHECK, locks::examine(&look)).await?);
    findings.extend(look.attempt(indexes::CHECK, indexes::examine(&look)).await?);
    findings.push(versions::examine(&look));
    findings.extend(look.attempt(migrations::CHECK, migrations::examine(&look)).await?);
    findings.extend(rows::examine(&look).await?);
    findings.push(twin::examine(&look));
    if let Some(role) = around.app_role {
        let examined = application::examine(&look, role);
        findings.extend(look.attempt(application::CHECK, examined).await?);
    }
    look.end().await?;
    Ok(findings)
}
