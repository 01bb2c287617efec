//! The rows that the migrations bring and that the application counts on. Pure.

use sql_migration::SeedRows;

/// A first row for the figures of searches, and the figures of the retrieval indexes.
pub fn seeds() -> Vec<SeedRows> {
    vec![
        SeedRows {
            migration: "m20250115_000004_unified_repository".to_owned(),
            table: "search_analytics",
            missing: "SELECT 'a first row' WHERE NOT EXISTS (SELECT FROM search_analytics)"
                .to_owned(),
            restore: "\
                INSERT INTO search_analytics (date, total_searches, unique_users, avg_response_time) \
                SELECT CURRENT_DATE, 0, 0, 0 WHERE NOT EXISTS (SELECT FROM search_analytics)"
                .to_owned(),
        },
        SeedRows::by_key(
            "m20250115_000005_hnsw_optimization",
            "rag_performance_metrics",
            "metric_name",
            METRICS.map(|(name, _)| name),
            insert_metrics(),
        ),
    ]
}

/// `metric_name`, `metric_value`.
const METRICS: [(&str, &str); 4] = [
    ("hnsw_optimization_completed", "1.0"),
    ("index_memory_usage_estimate", "2.0"),
    ("expected_recall_improvement", "0.07"),
    ("expected_query_time_increase", "0.005"),
];

/// No key of the table keeps a second row of a name out: it is to hold one at each measurement.
fn insert_metrics() -> String {
    let rows = METRICS.map(|(name, value)| format!("('{name}', {value})"));
    format!(
        "INSERT INTO rag_performance_metrics (metric_name, metric_value) \
         SELECT seed.name, seed.value FROM (VALUES {}) AS seed (name, value) \
         WHERE seed.name NOT IN (SELECT metric_name FROM rag_performance_metrics)",
        rows.join(", ")
    )
}
