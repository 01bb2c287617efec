//! Datasets, files and documents are loaded with what belongs to them, and their values are read as
//! they were written.

use main_schema::{
    Migrator,
    entities::{
        column_statistics, data_schemas, dataset_dependencies, dataset_versions, datasets,
        embeddings, files, rag_caption_embeddings, rag_code_embeddings, rag_document_chunks,
        rag_document_embeddings, rag_documents,
    },
};
use schema_testing::{TestDatabase, lineage};
use sea_orm::{ActiveValue::Set, EntityLoaderTrait, entity::prelude::*};

async fn dataset(database: &TestDatabase, name: &str) -> Result<datasets::Model, DbErr> {
    let dataset = datasets::ActiveModel {
        name: Set(name.to_owned()),
        tags: Set(Some(vec!["wood".to_owned(), "a \"b\", c".to_owned()])),
        created_by: Set("reynard".to_owned()),
        ..Default::default()
    };
    dataset.insert(database.connection()).await
}

#[tokio::test]
async fn a_dataset_that_depends_is_told_from_one_that_is_depended_on() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("e2e").await;
    let (den, wood) = (dataset(&database, "den").await?, dataset(&database, "wood").await?);
    assert_eq!(den.tags.as_deref().unwrap()[1], "a \"b\", c");
    assert_eq!((den.version.as_str(), den.status.as_str()), ("1.0.0", "draft"));
    let dependency = dataset_dependencies::ActiveModel {
        dataset_id: Set(den.id),
        depends_on_dataset_id: Set(wood.id),
        dependency_type: Set("source".to_owned()),
        ..Default::default()
    };
    let dependency = dependency.insert(database.connection()).await?;
    let load = |id| {
        datasets::Entity::load()
            .filter_by_id(id)
            .with(datasets::Relation::Dependencies)
            .with(datasets::Relation::Dependents)
    };
    let found = load(den.id).one(database.connection()).await?.unwrap();
    assert_eq!((found.dependencies.len(), found.dependents.len()), (1, 0));
    let found = load(wood.id).one(database.connection()).await?.unwrap();
    assert_eq!((found.dependencies.len(), found.dependents.len()), (0, 1));
    let found = dataset_dependencies::Entity::load()
        .filter_by_id(dependency.id)
        .with(dataset_dependencies::Relation::Dataset)
        .with(dataset_dependencies::Relation::DependsOnDataset)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(found.dataset.unwrap().id, den.id);
    assert_eq!(found.depends_on_dataset.unwrap().id, wood.id);
    Ok(())
}

#[tokio::test]
async fn a_file_knows_its_dataset_embeddings_and_schemas() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("e2e").await;
    let connection = database.connection();
    let den = dataset(&database, "den").await?;
    let version = dataset_versions::ActiveModel {
        dataset_id: Set(den.id),
        version: Set("1.0.0".to_owned()),
        created_by: Set("reynard".to_owned()),
        ..Default::default()
    };
    version.insert(connection).await?;
    let file = files::ActiveModel {
        dataset_id: Set(den.id),
        path: Set("/den.csv".to_owned()),
        file_type: Set("csv".to_owned()),
        modality: Set("data".to_owned()),
        size: Set(1 << 40),
        hash: Set("0".repeat(64)),
        mime_type: Set("text/csv".to_owned()),
        duration: Set(Some(Decimal::new(12345, 3))),
        ..Default::default()
    };
    let file = file.insert(connection).await?;
    let vector = PgVector::from((0..1536_u16).map(f32::from).collect::<Vec<_>>());
    let embedding = embeddings::ActiveModel {
        file_id: Set(file.id),
        modality: Set("data".to_owned()),
        model_id: Set("model".to_owned()),
        model_version: Set("1".to_owned()),
        dimensions: Set(1536),
        embedding: Set(vector.clone()),
        ..Default::default()
    };
    embedding.insert(connection).await?;
    let schema = data_schemas::ActiveModel {
        file_id: Set(file.id),
        primary_key: Set(Some(vec!["id".to_owned()])),
        ..Default::default()
    };
    let schema = schema.insert(connection).await?;
    let column = column_statistics::ActiveModel {
        schema_id: Set(schema.id),
        column_name: Set("id".to_owned()),
        column_type: Set("integer".to_owned()),
        mean_value: Set(Some(Decimal::new(1, 10))),
        ..Default::default()
    };
    column.insert(connection).await?;

    let found = files::Entity::load()
        .filter_by_id(file.id)
        .with((datasets::Entity, dataset_versions::Entity))
        .with(embeddings::Entity)
        .with((data_schemas::Entity, column_statistics::Entity))
        .one(connection)
        .await?
        .unwrap();
    assert_eq!((found.size, found.duration), (1 << 40, Some(Decimal::new(12345, 3))));
    let den = found.dataset.unwrap();
    assert_eq!((den.total_files, den.total_size), (Some(1), Some(1 << 40)));
    assert_eq!(den.versions[0].version, "1.0.0");
    assert_eq!(found.embeddings[0].embedding, vector);
    assert_eq!(found.data_schemas[0].primary_key, Some(vec!["id".to_owned()]));
    let columns = &found.data_schemas[0].column_statistics;
    assert_eq!(columns[0].mean_value, Some(Decimal::new(1, 10)));
    Ok(())
}

#[tokio::test]
async fn a_document_knows_its_chunks_down_to_their_embeddings() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("e2e").await;
    let connection = database.connection();
    let document = rag_documents::ActiveModel {
        source: Set("tale".to_owned()),
        content: Set("Once upon a time".to_owned()),
        ..Default::default()
    };
    let document = document.insert(connection).await?;
    assert_eq!(document.id, 1);
    for (index, document_id) in [(0, Some(document.id)), (1, None)] {
        let chunk = rag_document_chunks::ActiveModel {
            document_id: Set(document_id),
            chunk_index: Set(index),
            text: Set("Once".to_owned()),
            ..Default::default()
        };
        chunk.insert(connection).await?;
    }
    let vector = Some(PgVector::from(vec![0.5; 768]));
    for (model, embedding) in [("with", vector.clone()), ("without", None)] {
        let embedding = rag_document_embeddings::ActiveModel {
            chunk_id: Set(Some(1)),
            model_id: Set(model.to_owned()),
            dim: Set(768),
            embedding: Set(embedding),
            ..Default::default()
        };
        embedding.insert(connection).await?;
    }
    database
        .execute(
            "INSERT INTO rag_code_embeddings (chunk_id, model_id, dim) VALUES (1, 'code', 768);
             INSERT INTO rag_caption_embeddings (chunk_id, model_id, dim) VALUES (1, 'caption', 768)",
        )
        .await;

    let found = rag_documents::Entity::load()
        .with((rag_document_chunks::Entity, rag_document_embeddings::Entity))
        .one(connection)
        .await?
        .unwrap();
    let mut embedded: Vec<_> = found.chunks[0].embeddings.iter().collect();
    embedded.sort_unstable_by_key(|embedding| embedding.id);
    assert_eq!(embedded[0].embedding, vector);
    assert_eq!(
        (embedded[1].embedding.as_ref(), embedded[1].metric.as_deref()),
        (None, Some("cosine"))
    );

    let mut chunks = rag_document_chunks::Entity::load()
        .order_by_id_asc()
        .with(rag_documents::Entity)
        .with(rag_code_embeddings::Entity)
        .with(rag_caption_embeddings::Entity)
        .all(connection)
        .await?;
    let (orphan, chunk) = (chunks.pop().unwrap(), chunks.pop().unwrap());
    assert_eq!(chunk.document.as_ref().map(|document| document.id), Some(1));
    assert_eq!(chunk.code_embeddings[0].model_id, "code");
    assert_eq!(chunk.caption_embeddings[0].model_id, "caption");
    assert!(orphan.document.as_ref().is_none());
    Ok(())
}
