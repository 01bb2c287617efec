//! The figures of a dataset follow its files, whatever happens to them.

use main_schema::Migrator;
use schema_testing::{TestDatabase, lineage};

async fn two_datasets() -> TestDatabase {
    let database = lineage::migrated::<Migrator>("e2e").await;
    add_two_datasets(&database).await;
    database
}

/// Without files; their times are long ago.
pub(crate) async fn add_two_datasets(database: &TestDatabase) {
    database
        .execute(
            "INSERT INTO datasets (name, created_by, created_at, updated_at, last_ingested)
             SELECT name, 'reynard', '2020-01-01', '2020-01-01', '2020-01-01'
             FROM (VALUES ('den'), ('wood')) AS two (name)",
        )
        .await;
}

/// Adds files to a dataset; `files` are (path, type, modality, size).
pub(crate) async fn add(database: &TestDatabase, dataset: &str, files: &str) {
    let insert = format!(
        "INSERT INTO files (dataset_id, path, file_type, modality, size, hash, mime_type)
         SELECT id, path, type, modality, size, 'hash', 'mime'
         FROM datasets, (VALUES {files}) AS new (path, type, modality, size)
         WHERE name = '{dataset}'"
    );
    database.execute(&insert).await;
}

/// The kept figures, each of which equals what the files themselves say.
pub(crate) async fn figures(database: &TestDatabase, dataset: &str) -> String {
    let figures = format!(
        "SELECT concat_ws(' ', total_files, total_size, file_type_counts, modality_counts)
         FROM datasets WHERE name = '{dataset}'"
    );
    database.text(&figures).await
}

/// Which of the dataset's times are recent.
async fn touched(database: &TestDatabase, dataset: &str) -> String {
    let times = format!(
        "SELECT concat_ws(' ', CASE WHEN updated_at > '2021-01-01' THEN 'updated' END,
                               CASE WHEN last_ingested > '2021-01-01' THEN 'ingested' END)
         FROM datasets WHERE name = '{dataset}'"
    );
    database.text(&times).await
}

async fn forget_times(database: &TestDatabase) {
    database
        .execute("UPDATE datasets SET updated_at = '2020-01-01', last_ingested = '2020-01-01'")
        .await;
}

pub(crate) const NONE: &str = "0 0 {} {}";

#[tokio::test]
async fn inserted_files_are_counted_by_type_and_modality() {
    let database = two_datasets().await;
    assert_eq!(figures(&database, "den").await, NONE);
    add(&database, "den", "('a', 'txt', 'text', 1)").await;
    assert_eq!(figures(&database, "den").await, r#"1 1 {"txt": 1} {"text": 1}"#);
    add(
        &database,
        "den",
        "('b', 'txt', 'text', 20), ('c', 'md', 'text', 300), ('d', 'png', 'image', 4000)",
    )
    .await;
    assert_eq!(
        figures(&database, "den").await,
        r#"4 4321 {"md": 1, "png": 1, "txt": 2} {"text": 3, "image": 1}"#
    );
    assert_eq!(touched(&database, "den").await, "updated ingested");
    assert_eq!(figures(&database, "wood").await, NONE);
    assert_eq!(touched(&database, "wood").await, "");
}

#[tokio::test]
async fn a_changed_file_is_counted_as_it_is_now() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'txt', 'text', 2)").await;
    forget_times(&database).await;
    database
        .execute(
            "UPDATE files SET size = 50, file_type = 'png', modality = 'image' WHERE path = 'a'",
        )
        .await;
    assert_eq!(
        figures(&database, "den").await,
        r#"2 52 {"png": 1, "txt": 1} {"text": 1, "image": 1}"#
    );
    assert_eq!(touched(&database, "den").await, "updated ingested");
}

#[tokio::test]
async fn a_file_that_moves_is_counted_where_it_went() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'md', 'text', 2)").await;
    forget_times(&database).await;
    let move_a = "UPDATE files SET dataset_id = (SELECT id FROM datasets WHERE name = 'wood')
                  WHERE path = 'a'";
    database.execute(move_a).await;
    assert_eq!(figures(&database, "den").await, r#"1 2 {"md": 1} {"text": 1}"#);
    assert_eq!(figures(&database, "wood").await, r#"1 1 {"txt": 1} {"text": 1}"#);
    assert_eq!(touched(&database, "den").await, "updated");
    assert_eq!(touched(&database, "wood").await, "updated ingested");
}

#[tokio::test]
async fn files_that_change_places_are_counted_in_both_datasets() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'txt', 'text', 2)").await;
    add(&database, "wood", "('c', 'png', 'image', 30)").await;
    database
        .execute(
            "UPDATE files SET dataset_id = (SELECT id FROM datasets WHERE id <> files.dataset_id)",
        )
        .await;
    assert_eq!(figures(&database, "den").await, r#"1 30 {"png": 1} {"image": 1}"#);
    assert_eq!(figures(&database, "wood").await, r#"2 3 {"txt": 2} {"text": 2}"#);
}

#[tokio::test]
async fn a_dataset_that_lost_all_its_files_has_empty_counts() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'md', 'text', 2)").await;
    forget_times(&database).await;
    database.execute("DELETE FROM files WHERE path = 'a'").await;
    assert_eq!(figures(&database, "den").await, r#"1 2 {"md": 1} {"text": 1}"#);
    database.execute("DELETE FROM files").await;
    assert_eq!(figures(&database, "den").await, NONE);
    assert_eq!(touched(&database, "den").await, "updated");

    add(&database, "den", "('a', 'txt', 'text', 1)").await;
    let move_all = "UPDATE files SET dataset_id = (SELECT id FROM datasets WHERE name = 'wood')";
    database.execute(move_all).await;
    assert_eq!(figures(&database, "den").await, NONE);
}

#[tokio::test]
async fn a_dataset_is_deleted_with_its_files() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'md', 'text', 2)").await;
    database.execute("DELETE FROM datasets WHERE name = 'den'").await;
    assert_eq!(database.text("SELECT count(*)::text FROM files").await, "0");
    assert_eq!(figures(&database, "wood").await, NONE);
}

#[tokio::test]
async fn an_updated_file_says_when() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1)").await;
    database.execute("UPDATE files SET title = 'A', updated_at = '2020-01-01'").await;
    let fresh = "SELECT (updated_at > now() - interval '1 hour')::text FROM files";
    assert_eq!(database.text(fresh).await, "true");
}

#[tokio::test]
async fn the_figures_of_a_dataset_are_one_object() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'md', 'text', 2)").await;
    database
        .execute(
            "INSERT INTO dataset_versions (dataset_id, version, created_by)
             SELECT id, number, 'reynard' FROM datasets, unnest(ARRAY['1.0.0', '2.0.0']) AS number
             WHERE name = 'den';
             INSERT INTO dataset_dependencies (dataset_id, depends_on_dataset_id, dependency_type)
             SELECT den.id, wood.id, 'source' FROM datasets AS den, datasets AS wood
             WHERE den.name = 'den' AND wood.name = 'wood'",
        )
        .await;
    let of = |dataset: &str| {
        format!(
            "SELECT (get_dataset_statistics(id) - 'dataset_id' - 'created_at' - 'updated_at'
                     - 'last_ingested')::text FROM datasets WHERE name = '{dataset}'"
        )
    };
    assert_eq!(
        database.text(&of("den")).await,
        "{\"name\": \"den\", \"status\": \"draft\", \"version\": \"1.0.0\", \"total_size\": 3, \
         \"total_files\": 2, \"version_count\": 2, \"dependency_count\": 1, \
         \"modality_distribution\": {\"text\": 2}, \"file_type_distribution\": {\"md\": 1, \"txt\": 1}}"
    );
    assert_eq!(
        database.text(&of("wood")).await,
        "{\"name\": \"wood\", \"status\": \"draft\", \"version\": \"1.0.0\", \"total_size\": 0, \
         \"total_files\": 0, \"version_count\": 0, \"dependency_count\": 0, \
         \"modality_distribution\": {}, \"file_type_distribution\": {}}"
    );
    let keys = "SELECT jsonb_typeof(get_dataset_statistics(id) -> key) FROM datasets,
                unnest(ARRAY['dataset_id', 'created_at', 'updated_at', 'last_ingested']) AS key
                WHERE name = 'den'";
    assert_eq!(database.texts(keys).await, ["string"; 4]);
}

#[tokio::test]
async fn where_there_is_no_dataset_there_are_no_figures() {
    let database = two_datasets().await;
    for dataset in ["gen_random_uuid()", "NULL"] {
        let figures = format!("SELECT get_dataset_statistics({dataset})::text");
        assert_eq!(database.text(&figures).await, "{}", "{dataset}");
    }
}

#[tokio::test]
async fn the_overview_counts_the_files_themselves() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'md', 'text', 2)").await;
    // The kept figures are wrong on purpose: the overview does not read them.
    database.execute("UPDATE datasets SET total_files = 9, total_size = 9").await;
    let overview = "SELECT concat_ws(' ', name, version, total_files, actual_file_count,
                                     actual_total_size) FROM dataset_overview ORDER BY name";
    assert_eq!(database.texts(overview).await, ["den 1.0.0 9 2 3", "wood 1.0.0 9 0 0"]);
}

#[tokio::test]
async fn a_files_details_name_its_dataset_and_count_its_embeddings() {
    let database = two_datasets().await;
    add(&database, "den", "('a', 'txt', 'text', 1), ('b', 'md', 'text', 2)").await;
    database
        .execute(
            "INSERT INTO embeddings (file_id, modality, model_id, model_version, dimensions, embedding)
             SELECT f.id, e.modality, e.model, '1', 1536, ('[1' || repeat(',0', 1535) || ']')::vector
             FROM files AS f, (VALUES ('text', 'clip'), ('text', 'bert'), ('image', 'clip'))
                 AS e (modality, model)
             WHERE path = 'a'",
        )
        .await;
    let details = "SELECT concat_ws(' ', path, dataset_name, dataset_version, embedding_count,
                                    embedding_modalities, embedding_models)
                   FROM file_details ORDER BY path";
    assert_eq!(
        database.texts(details).await,
        ["a den 1.0.0 3 {image,text} {bert,clip}", "b den 1.0.0 0 {} {}"]
    );
}

#[tokio::test]
async fn analytics_begin_with_a_zero_row_of_the_day() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    let row = "SELECT concat_ws(' ', date = current_date, total_searches, unique_users,
                                avg_response_time::float8, top_queries, modality_usage, file_type_usage)
               FROM search_analytics";
    assert_eq!(database.texts(row).await, ["t 0 0 0 [] {} {}"]);
}

#[tokio::test]
async fn metrics_say_what_is_expected_of_the_denser_indexes() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    let rows = "SELECT concat_ws(' ', id, metric_name, metric_value, metadata)
                FROM rag_performance_metrics ORDER BY id";
    assert_eq!(
        database.texts(rows).await,
        [
            "1 hnsw_optimization_completed 1 {}",
            "2 index_memory_usage_estimate 2 {}",
            "3 expected_recall_improvement 0.07 {}",
            "4 expected_query_time_increase 0.005 {}",
        ]
    );
}
