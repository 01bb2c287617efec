-- Drops the dataset repository, and the extensions pg_trgm and btree_gin where this migration
-- created them. Loses every dataset, file, embedding and search.
--
-- Without CASCADE: an index of another table that uses such an extension is an error and stays.

DROP VIEW file_details;
DROP VIEW dataset_overview;

DROP TABLE search_analytics;
DROP TABLE search_history;
DROP TABLE column_statistics;
DROP TABLE data_schemas;
DROP TABLE embeddings;
DROP TABLE files;
DROP TABLE dataset_dependencies;
DROP TABLE dataset_versions;
DROP TABLE datasets;

DROP FUNCTION get_dataset_statistics(UUID);
DROP FUNCTION search_files_similarity(VECTOR, VARCHAR, NUMERIC, INTEGER);
DROP FUNCTION update_file_timestamp();
DROP FUNCTION update_dataset_statistics();

DO $$
DECLARE
    marked TEXT;
BEGIN
    FOR marked IN
        SELECT extname FROM pg_extension
        WHERE extname IN ('pg_trgm', 'btree_gin')
            AND obj_description(oid, 'pg_extension')
                = 'created by m20250115_000004_unified_repository'
    LOOP
        EXECUTE format('DROP EXTENSION %I', marked);
    END LOOP;
END
$$;
