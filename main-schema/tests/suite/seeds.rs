//! The first figures can be put back, and what was measured since stays.

use main_schema::{Migrator, migrations};
use schema_testing::{lineage, seeds};

const ROWS: &str = "
    SELECT concat_ws(' ', metric_name, metric_value, metadata) FROM rag_performance_metrics
    UNION ALL
    SELECT concat_ws(' ', date = CURRENT_DATE, total_searches, unique_users, avg_response_time,
                     top_queries, modality_usage, file_type_usage) FROM search_analytics
    ORDER BY 1";

#[tokio::test]
async fn rows_that_are_missing_are_named_and_put_back_once() {
    let database = lineage::migrated::<Migrator>("main").await;
    let expected = migrations::seeds();
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    let before = database.texts(ROWS).await;
    assert_eq!(before.len(), 4 + 1);
    database.execute("DELETE FROM rag_performance_metrics; DELETE FROM search_analytics").await;
    let missing = seeds::missing(&database, &expected).await;
    assert_eq!(missing.len(), 1 + 4);
    assert_eq!(missing[0], "search_analytics: a first row");
    assert_eq!(missing[1], "rag_performance_metrics: expected_query_time_increase");

    assert_eq!(seeds::restore(&database, &expected).await, 1 + 4);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(database.texts(ROWS).await, before);
}

#[tokio::test]
async fn figures_of_other_days_and_new_measurements_are_enough() {
    let database = lineage::migrated::<Migrator>("main").await;
    let expected = migrations::seeds();
    database
        .execute(
            "UPDATE search_analytics SET date = '2025-01-15', total_searches = 7;
             UPDATE rag_performance_metrics SET metric_value = 3",
        )
        .await;
    let before = database.texts(ROWS).await;
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(database.texts(ROWS).await, before);
}
