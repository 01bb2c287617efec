//! What the entities want of a database and what the migrations make of it, as two catalogs.
//!
//! Makes both in a shadow, one after the other, and reads them: the entities' tables in a
//! transaction that is rolled back, because starting a PostgreSQL takes longer than all the rest.

mod entities;
mod keys;
mod managed;
mod told;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, TransactionTrait};

pub use self::{entities::EntityError, told::told_renames};
use crate::{
    catalog::{self, Catalog, InspectError, Options, identifier::quote},
    record::RecordError,
    schema::Schema,
    shadow::{Place, Shadow, ShadowError},
};

/// A schema as its entities and as its migrations say it.
#[derive(Debug)]
pub struct States {
    /// What the migrations make.
    pub migrations: Catalog,
    /// What the entities want, with what other programs make of the tables that they manage.
    pub entities: Catalog,
}

/// Why it is not known what the entities want or the migrations make.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DesiredError {
    /// The shadow could not be made, or a migration failed in it.
    #[error(transparent)]
    Shadow(#[from] ShadowError),
    /// The shadow lacks an extension that the schema needs.
    #[error("the shadow cannot have the extension that {schema} needs: `{command}` failed")]
    Extension {
        /// The schema.
        schema: &'static str,
        /// The SQL.
        command: String,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// The entities make no tables.
    #[error(transparent)]
    Entity(#[from] EntityError),
    /// The shadow did not begin or roll back.
    #[error("the shadow failed before the entities were tried")]
    Transaction(#[source] DbErr),
    /// A catalog could not be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
}

/// Finds out both of `schema`, in a new shadow.
///
/// # Errors
///
/// [`DesiredError`], by what went wrong.
pub async fn states(schema: &Schema, place: &Place) -> Result<States, DesiredError> {
    let shadow = Shadow::open(place).await?;
    let states = states_in(&shadow, schema).await;
    let closed = shadow.close().await;
    // What went wrong in it says more than what went wrong in closing.
    let states = states?;
    closed?;
    Ok(states)
}

async fn states_in(shadow: &Shadow, schema: &Schema) -> Result<States, DesiredError> {
    shadow.bring_to(schema, &[]).await?;
    let entities = entities_in(shadow, schema).await?;
    let all: Vec<String> = schema.names().into_iter().map(str::to_owned).collect();
    shadow.bring_to(schema, &all).await?;
    let db = shadow.session().connection();
    let migrations = catalog::inspect(db, &Options::default()).await?;
    Ok(States { migrations, entities })
}

/// What the entities want, tried in a shadow that no migration has run in, and that is left as it
/// was.
pub(crate) async fn entities_in(shadow: &Shadow, schema: &Schema) -> Result<Catalog, DesiredError> {
    let db = shadow.session().connection();
    let base = match schema.managed {
        Some(_) => catalog::inspect(db, &Options::default()).await?,
        None => Catalog::default(),
    };
    let transaction = db.begin().await.map_err(DesiredError::Transaction)?;
    make_way(&transaction, schema).await?;
    entities::check(schema.entities)?;
    let made = shadow.attempt(keys::apply(entities::all(schema.entities), &transaction)).await;
    made.map_err(|failed| entities::failure(schema.entities, failed))?;
    let mut entities = catalog::inspect(&transaction, &Options::default()).await?;
    transaction.rollback().await.map_err(DesiredError::Transaction)?;
    managed::complete(&mut entities, &base);
    Ok(entities)
}

/// Makes what the entities need, and takes away the tables that they say whole.
async fn make_way(transaction: &DatabaseTransaction, schema: &Schema) -> Result<(), DesiredError> {
    for extension in schema.extensions {
        let command = format!("CREATE EXTENSION IF NOT EXISTS {}", quote(extension));
        if let Err(source) = transaction.execute_unprepared(&command).await {
            return Err(DesiredError::Extension { schema: schema.name, command, source });
        }
    }
    for table in schema.managed.iter().flat_map(|managed| managed.tables) {
        let dropped =
            transaction.execute_unprepared(&format!("DROP TABLE {} CASCADE", quote(table))).await;
        dropped.map_err(|source| ShadowError::from(RecordError::Work(source)))?;
    }
    Ok(())
}
