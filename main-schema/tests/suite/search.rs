//! Files are found by the direction of their embeddings.

use main_schema::Migrator;
use schema_testing::{TestDatabase, lineage};

/// A vector of the length that the column has, which leads away from the first axis by an angle.
const AT_ANGLE: &str = "
    CREATE FUNCTION at_angle(degrees FLOAT8) RETURNS VECTOR LANGUAGE sql IMMUTABLE AS $$
        SELECT ('[' || cosd(degrees) || ',' || sind(degrees) || repeat(',0', 1534) || ']')::vector
    $$";

/// A dataset of files, each with an embedding at an angle, given as (path, modality, degrees).
async fn embedded_at(files: &str) -> TestDatabase {
    let database = lineage::migrated::<Migrator>("e2e").await;
    embed(&database, files).await;
    database
}

/// Fills a database at head like that.
pub(crate) async fn embed(database: &TestDatabase, files: &str) {
    database.execute(AT_ANGLE).await;
    let insert = format!(
        "INSERT INTO datasets (name, created_by) VALUES ('den', 'reynard');
         CREATE TEMPORARY TABLE new AS SELECT * FROM ({files}) AS f (path, modality, degrees);
         INSERT INTO files (dataset_id, path, file_type, modality, size, hash, mime_type)
         SELECT DISTINCT ON (path) datasets.id, path, 'type of ' || path, 'data', 1, 'hash', 'mime'
         FROM datasets, new;
         INSERT INTO embeddings (file_id, modality, model_id, model_version, dimensions, embedding)
         SELECT files.id, new.modality, 'model', '1', 1536, at_angle(degrees)
         FROM new JOIN files USING (path)"
    );
    database.execute(&insert).await;
}

/// The found paths with their scores, in the order in which they are found.
pub(crate) async fn found(database: &TestDatabase, arguments: &str) -> Vec<String> {
    let search = format!(
        "SELECT file_path || ' ' || round(similarity_score, 3)
         FROM search_files_similarity(at_angle(0){arguments})"
    );
    database.texts(&search).await
}

pub(crate) const FIVE: &str =
    "VALUES ('far', 'text', 60), ('near', 'text', 10), ('exact', 'image', 0),
                    ('opposite', 'text', 180), ('middle', 'image', 40)";

#[tokio::test]
async fn the_nearest_come_first_and_the_far_do_not_come() {
    let database = embedded_at(FIVE).await;
    assert_eq!(found(&database, "").await, ["exact 1.000", "near 0.985", "middle 0.766"]);
}

#[tokio::test]
async fn arguments_narrow_and_widen_the_search() {
    let database = embedded_at(FIVE).await;
    for (arguments, expected) in [
        (", NULL, 0.5", &["exact 1.000", "near 0.985", "middle 0.766", "far 0.500"][..]),
        (
            ", NULL, -1",
            &["exact 1.000", "near 0.985", "middle 0.766", "far 0.500", "opposite -1.000"],
        ),
        // At the threshold is above it.
        (", NULL, 1", &["exact 1.000"]),
        (", 'text'", &["near 0.985"]),
        (", 'image'", &["exact 1.000", "middle 0.766"]),
        (", 'audio'", &[]),
        (", NULL, -1, 2", &["exact 1.000", "near 0.985"]),
        (", 'text', -1, 1", &["near 0.985"]),
        (", NULL, -1, 0", &[]),
        (", limit_count => 1", &["exact 1.000"]),
        (
            ", limit_count => NULL, similarity_threshold => -1",
            &["exact 1.000", "near 0.985", "middle 0.766", "far 0.500", "opposite -1.000"],
        ),
    ] {
        assert_eq!(found(&database, arguments).await, expected, "{arguments}");
    }
}

#[tokio::test]
async fn what_is_found_is_described_by_its_file_and_dataset() {
    let database = embedded_at("VALUES ('near', 'image', 0)").await;
    let row = "SELECT concat_ws('|', file_path, file_type, modality, dataset_name,
                                file_id = (SELECT id FROM files))
               FROM search_files_similarity(at_angle(0))";
    assert_eq!(database.texts(row).await, ["near|type of near|data|den|t"]);
}

#[tokio::test]
async fn nothing_is_found_where_nothing_is() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    database.execute(AT_ANGLE).await;
    assert_eq!(found(&database, "").await, [""; 0]);
}

#[tokio::test]
async fn a_vector_of_another_length_is_an_error() {
    let database = embedded_at(FIVE).await;
    let error = database.refuse("SELECT * FROM search_files_similarity('[1,2,3]')").await;
    assert!(error.to_string().contains("expected 1536 dimensions, not 3"), "{error}");
}

#[tokio::test]
async fn an_embedding_without_direction_is_never_found() {
    let database = embedded_at(FIVE).await;
    database
        .execute("UPDATE embeddings SET embedding = ('[0' || repeat(',0', 1535) || ']')::vector")
        .await;
    assert_eq!(found(&database, ", NULL, -1").await, [""; 0]);
}

/// More embeddings than an HNSW scan yields unasked, all on one side.
const MANY: &str =
    "SELECT 'f' || to_char(n, 'FM000'), CASE n % 3 WHEN 0 THEN 'text' ELSE 'image' END,
                           n / 10.0 FROM generate_series(1, 240) AS n";

#[tokio::test]
async fn by_default_twenty_are_found_and_as_many_as_are_asked_for_otherwise() {
    let database = embedded_at(MANY).await;
    assert_eq!(found(&database, "").await.len(), 20);
    assert_eq!(found(&database, ", NULL, 0.5, 200").await.len(), 200);
}

#[tokio::test]
async fn the_index_of_a_modality_finds_what_reading_everything_finds() {
    let database = embedded_at(MANY).await;
    for (arguments, index) in [
        (", 'text', 0.5, 10", "idx_embeddings_text_hnsw"),
        (", 'image', 0.5, 120", "idx_embeddings_image_hnsw"),
    ] {
        let scans = format!("SELECT pg_stat_get_xact_numscans('{index}'::regclass)::text");
        database.execute("BEGIN; SET LOCAL enable_indexscan = off").await;
        let everything = found(&database, arguments).await;
        assert_eq!(database.text(&scans).await, "0", "{arguments}");
        database.execute("ROLLBACK; BEGIN; SET LOCAL enable_seqscan = off").await;
        assert_eq!(found(&database, arguments).await, everything, "{arguments}");
        assert_eq!(database.text(&scans).await, "1", "{arguments}");
        database.execute("ROLLBACK").await;
    }
}

#[tokio::test]
async fn a_search_leaves_the_sessions_settings_as_they_were() {
    let database = embedded_at(FIVE).await;
    database.execute("SET hnsw.ef_search = 77").await;
    found(&database, ", NULL, 0.5, 500").await;
    assert_eq!(database.text("SELECT current_setting('hnsw.ef_search')").await, "77");
}

#[tokio::test]
async fn the_retrieval_indexes_are_used_and_find_the_nearest() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    for table in ["rag_document_embeddings", "rag_code_embeddings", "rag_caption_embeddings"] {
        check_retrieval(&database, table, "").await;
    }
    check_retrieval(&database, "rag_image_embeddings", "image_path, ").await;
}

async fn check_retrieval(database: &TestDatabase, table: &str, path: &str) {
    let value = if path.is_empty() { "" } else { "'/image', " };
    database
        .execute(&format!(
            "SET enable_seqscan = off;
             INSERT INTO {table} ({path}model_id, dim, embedding)
             SELECT {value}'m' || n, 768,
                    ('[' || cosd(n) || ',' || sind(n) || repeat(',0', 766) || ']')::vector
             FROM generate_series(1, 60) AS n"
        ))
        .await;
    let nearest = format!(
        "SELECT model_id FROM {table} ORDER BY embedding <=> ('[1' || repeat(',0', 767) || ']')::vector
         LIMIT 3"
    );
    assert_eq!(database.texts(&nearest).await, ["m1", "m2", "m3"], "{table}");
    let plan = database.texts(&format!("EXPLAIN {nearest}")).await.join("\n");
    assert!(plan.contains("embeddings_hnsw_v2"), "{plan}");
}

#[tokio::test]
async fn queries_are_found_by_parts_of_words() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    database
        .execute(
            "SET enable_seqscan = off;
             INSERT INTO search_history (query, results_count)
             VALUES ('where is the fox', 1), ('where is the wolf', 2)",
        )
        .await;
    let search = "SELECT query FROM search_history WHERE query LIKE '%fox%'";
    assert_eq!(database.texts(search).await, ["where is the fox"]);
    let plan = database.texts(&format!("EXPLAIN {search}")).await.join("\n");
    assert!(plan.contains("idx_search_history_query"), "{plan}");
}
