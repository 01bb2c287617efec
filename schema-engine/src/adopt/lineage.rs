//! What a lineage gives, from its beginning to its end: the catalog after each migration.
//!
//! Replays the lineage in a shadow and reads its catalog.

use std::collections::BTreeSet;

use super::{
    AdoptError, Comparison,
    trace::{self, Trace},
};
use crate::{
    catalog::{self, Catalog, Options, model::Object},
    plan::Direction,
    record::RecordError,
    schema::Schema,
    shadow::{Place, Shadow, ShadowError},
};

/// The mark of a migration on what it made only because it was missing.
const MARK: &str = "created by m";

/// The catalogs that a lineage goes through.
#[derive(Debug)]
pub struct Lineage {
    /// Before the first migration: the tables of another program, if it builds on some.
    pub(super) base: Catalog,
    /// After each migration, in order.
    after: Vec<Catalog>,
}

impl Lineage {
    /// Replays all of `schema`.
    ///
    /// # Errors
    ///
    /// [`AdoptError::Shadow`] and [`AdoptError::Inspect`].
    pub async fn replay(schema: &Schema, place: &Place) -> Result<Self, AdoptError> {
        let shadow = Shadow::open(place).await?;
        let lineage = Self::walk(schema, &shadow).await;
        let closed = shadow.close().await;
        let lineage = lineage?;
        closed?;
        Ok(lineage)
    }

    async fn walk(schema: &Schema, shadow: &Shadow) -> Result<Self, AdoptError> {
        if let Some(managed) = schema.managed {
            let made = (managed.ensure)(shadow.session().connection()).await;
            made.map_err(|error| ShadowError::from(RecordError::Work(error)))?;
        }
        let base = look(shadow).await?;
        let mut after = Vec::new();
        for migration in &schema.migrations {
            shadow.replay(migration, Direction::Up).await?;
            after.push(look(shadow).await?);
        }
        Ok(Self { base, after })
    }

    /// Gives what a database is held against that has exactly these migrations of `schema`.
    ///
    /// # Errors
    ///
    /// As [`Self::replay`]; where some in between are missing, the others are replayed once more.
    pub async fn comparison<'a>(
        &self,
        schema: &'a Schema,
        applied: &[String],
        place: &Place,
    ) -> Result<Comparison<'a>, AdoptError> {
        let expected = self.at(schema, applied, place).await?;
        Ok(Comparison { schema, base: self.base.clone(), expected, known: self.known() })
    }

    /// The catalog that a database has where exactly these migrations ran, in lineage order.
    async fn at(
        &self,
        schema: &Schema,
        applied: &[String],
        place: &Place,
    ) -> Result<Catalog, AdoptError> {
        let is_prefix = std::iter::zip(schema.names(), applied).all(|(name, it)| name == it);
        if is_prefix {
            let last = applied.len().checked_sub(1).and_then(|last| self.after.get(last));
            return Ok(last.unwrap_or(&self.base).clone());
        }
        let shadow = Shadow::open(place).await?;
        let catalog = match shadow.bring_to(schema, applied).await {
            Ok(()) => look(&shadow).await,
            Err(error) => Err(error.into()),
        };
        let closed = shadow.close().await;
        let catalog = catalog?;
        closed?;
        Ok(catalog)
    }

    /// The trace of each migration.
    pub(super) fn traces(&self) -> Vec<Trace> {
        let objects: Vec<_> = self.catalogs().map(trace::objects).collect();
        std::iter::zip(objects.windows(2), &self.after)
            .map(|(pair, after)| trace::between(&pair[0], &pair[1], &after.dependencies))
            .collect()
    }

    /// What it knows of.
    pub(super) fn known(&self) -> Known {
        Known {
            objects: self.catalogs().flat_map(trace::objects).collect(),
            if_missing: self.catalogs().flat_map(marked).collect(),
            namespaces: self.catalogs().flat_map(|it| it.namespaces.keys().cloned()).collect(),
        }
    }

    fn catalogs(&self) -> impl Iterator<Item = &Catalog> {
        std::iter::once(&self.base).chain(&self.after)
    }
}

/// The objects that are there at some point of a lineage: of others it says nothing.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// All of them, parts of others too.
    pub(super) objects: BTreeSet<Object>,
    /// Those that a migration makes only where they are missing: they may stand before it.
    pub(super) if_missing: BTreeSet<Object>,
    /// The namespaces.
    pub(super) namespaces: BTreeSet<String>,
}

/// The extensions and tables of `catalog` that carry the mark of a migration.
fn marked(catalog: &Catalog) -> BTreeSet<Object> {
    let is_marked =
        |comment: &Option<String>| comment.as_ref().is_some_and(|it| it.starts_with(MARK));
    let extensions = catalog.extensions.iter().filter(|(_, it)| is_marked(&it.comment));
    let tables = catalog.tables.iter().filter(|(_, it)| is_marked(&it.comment));
    extensions
        .map(|(name, _)| Object::Extension(name.clone()))
        .chain(tables.map(|(name, _)| Object::Table(name.clone())))
        .collect()
}

async fn look(shadow: &Shadow) -> Result<Catalog, AdoptError> {
    let read = catalog::inspect(shadow.session().connection(), &Options::default()).await;
    read.map_err(|source| AdoptError::Inspect { what: "the shadow", source })
}
