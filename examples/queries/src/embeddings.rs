//! Files of the main database and their embeddings, found by nearness.

use main_schema::entities::{datasets, embeddings, files};
use sea_orm::{
    ExprTrait, FromQueryResult, QueryOrder, QuerySelect, TransactionTrait,
    prelude::*,
    sea_query::{BinOper, extension::postgres::PgBinOper},
};

/// What the column holds, whatever the model.
const DIMENSIONS: u16 = 1536;
const MODEL: &str = "example";
const DATASET: &str = "field-notes";

/// A file, and how far it is from what was asked for.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub struct Neighbour {
    /// The file's path in its dataset.
    pub path: String,
    /// The cosine distance: 0 in the same direction, 1 at a right angle, 2 opposite.
    pub distance: f64,
}

/// Inserts a dataset of three files, each with an embedding.
///
/// # Errors
///
/// Any error of the database.
pub async fn insert<C>(db: &C) -> Result<(), DbErr>
where
    C: ConnectionTrait + TransactionTrait,
{
    let inserted = datasets::Entity::find().filter(datasets::COLUMN.name.eq(DATASET));
    if inserted.one(db).await?.is_some() {
        return Ok(());
    }
    // Where no id is set, the database gives one, and the rows below learn it.
    let dataset = datasets::ActiveModel::builder()
        .set_name(DATASET)
        .set_created_by("fox-prime-13")
        .add_file(file("river.md", [1.0, 0.0]))
        .add_file(file("riverbank.md", [0.8, 0.6]))
        .add_file(file("forest.md", [0.0, 1.0]));
    dataset.insert(db).await.map(|_| ())
}

fn file(path: &str, direction: [f32; 2]) -> files::ActiveModelEx {
    files::ActiveModel::builder()
        .set_path(path)
        .set_file_type("markdown")
        .set_modality("text")
        .set_size(0)
        .set_hash("0".repeat(64))
        .set_mime_type("text/markdown")
        .add_embedding(
            embeddings::ActiveModel::builder()
                .set_modality("text")
                .set_model_id(MODEL)
                .set_model_version("1")
                .set_dimensions(DIMENSIONS)
                .set_embedding(vector(direction)),
        )
}

/// A vector that lies in the plane of the first two dimensions.
pub fn vector(direction: [f32; 2]) -> PgVector {
    let mut values = direction.to_vec();
    values.resize(DIMENSIONS.into(), 0.0);
    values.into()
}

/// Finds the files whose embeddings are nearest to `wanted`, the nearest first.
///
/// # Errors
///
/// Any error of the database.
pub async fn nearest(
    db: &impl ConnectionTrait,
    wanted: PgVector,
    limit: u64,
) -> Result<Vec<Neighbour>, DbErr> {
    let cosine = BinOper::PgOperator(PgBinOper::CosineDistance);
    embeddings::Entity::find()
        .inner_join(files::Entity)
        // An index holds one modality, and distances between two models mean nothing.
        .filter(embeddings::COLUMN.modality.eq("text"))
        .filter(embeddings::COLUMN.model_id.eq(MODEL))
        .select_only()
        .column(files::Column::Path)
        .expr_as(embeddings::COLUMN.embedding.into_expr().binary(cosine, wanted), "distance")
        .order_by_asc(Expr::col("distance"))
        .limit(limit)
        .into_model::<Neighbour>()
        .all(db)
        .await
}
