-- Creates the dataset repository: datasets and their versions and dependencies, files, their
-- embeddings, schemas and column statistics, the search history and its daily figures; the
-- triggers that keep a dataset's figures, two views, two functions; and the extensions
-- pg_trgm and btree_gin where they are missing.
--
-- `down` loses every dataset, file and search; an extension only if this migration created it.
-- Hazard: each changed file counts its dataset anew. For a bulk load, disable
-- `trigger_update_dataset_statistics`: the next changed file sets the figures right.

DO $$
DECLARE
    wanted TEXT;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['pg_trgm', 'btree_gin'] LOOP
        IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = wanted) THEN
            EXECUTE format('CREATE EXTENSION %I', wanted);
            EXECUTE format(
                'COMMENT ON EXTENSION %I IS %L',
                wanted,
                'created by m20250115_000004_unified_repository'
            );
        END IF;
    END LOOP;
END
$$;

-- Tables

CREATE TABLE datasets (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name VARCHAR(255) NOT NULL,
    description TEXT,
    version VARCHAR(50) NOT NULL DEFAULT '1.0.0',
    tags TEXT[] DEFAULT '{}',
    metadata JSONB DEFAULT '{}',
    status VARCHAR(20) NOT NULL DEFAULT 'draft'
        CHECK (status IN ('draft', 'active', 'archived', 'processing', 'error')),
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    created_by VARCHAR(255) NOT NULL,
    total_files INTEGER DEFAULT 0,
    total_size BIGINT DEFAULT 0,
    file_type_counts JSONB DEFAULT '{}',
    modality_counts JSONB DEFAULT '{}',
    last_ingested TIMESTAMPTZ,
    UNIQUE (name, version)
);

CREATE TABLE dataset_versions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    dataset_id UUID NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    version VARCHAR(50) NOT NULL,
    description TEXT,
    changes JSONB NOT NULL DEFAULT '[]',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    created_by VARCHAR(255) NOT NULL,
    parent_version VARCHAR(50),
    tags TEXT[] DEFAULT '{}',
    UNIQUE (dataset_id, version)
);

CREATE TABLE dataset_dependencies (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    dataset_id UUID NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    depends_on_dataset_id UUID NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    depends_on_version VARCHAR(50),
    dependency_type VARCHAR(20) NOT NULL
        CHECK (dependency_type IN ('source', 'derived', 'reference')),
    description TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (dataset_id, depends_on_dataset_id, depends_on_version)
);

CREATE TABLE files (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    dataset_id UUID NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    file_type VARCHAR(50) NOT NULL,
    modality VARCHAR(20) NOT NULL
        CHECK (modality IN ('text', 'image', 'audio', 'video', 'data', 'code', 'document')),
    size BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    mime_type VARCHAR(100) NOT NULL,
    metadata JSONB DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    title VARCHAR(500),
    description TEXT,
    author VARCHAR(255),
    language VARCHAR(10),
    encoding VARCHAR(50),
    dimensions JSONB,
    duration NUMERIC(10, 3),
    bitrate INTEGER,
    sample_rate INTEGER,
    schema_info JSONB,
    row_count BIGINT,
    column_count INTEGER,
    page_count INTEGER,
    word_count INTEGER,
    last_modified TIMESTAMPTZ,
    checksum VARCHAR(64),
    custom_metadata JSONB DEFAULT '{}',
    UNIQUE (dataset_id, path)
);

CREATE TABLE embeddings (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    file_id UUID NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    modality VARCHAR(20) NOT NULL
        CHECK (modality IN ('text', 'image', 'audio', 'video', 'data', 'multimodal')),
    model_id VARCHAR(100) NOT NULL,
    model_version VARCHAR(50) NOT NULL,
    dimensions INTEGER NOT NULL,
    embedding VECTOR(1536) NOT NULL,
    quality_score NUMERIC(3, 2) DEFAULT 0.0
        CHECK (quality_score >= 0.0 AND quality_score <= 1.0),
    processing_time NUMERIC(10, 6),
    parameters JSONB DEFAULT '{}',
    metadata JSONB DEFAULT '{}',
    chunk_index INTEGER,
    chunk_text TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (file_id, modality, model_id)
);

CREATE TABLE data_schemas (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    file_id UUID NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    schema_name VARCHAR(255),
    schema_version VARCHAR(50) DEFAULT '1.0.0',
    columns JSONB NOT NULL DEFAULT '[]',
    primary_key TEXT[],
    indexes JSONB DEFAULT '[]',
    constraints JSONB DEFAULT '[]',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (file_id, schema_name, schema_version)
);

CREATE TABLE column_statistics (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    schema_id UUID NOT NULL REFERENCES data_schemas (id) ON DELETE CASCADE,
    column_name VARCHAR(255) NOT NULL,
    column_type VARCHAR(100) NOT NULL,
    nullable BOOLEAN NOT NULL DEFAULT true,
    min_value JSONB,
    max_value JSONB,
    mean_value NUMERIC(20, 10),
    median_value NUMERIC(20, 10),
    std_dev NUMERIC(20, 10),
    null_count BIGINT DEFAULT 0,
    distinct_count BIGINT DEFAULT 0,
    top_values JSONB DEFAULT '[]',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (schema_id, column_name)
);

CREATE TABLE search_history (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id VARCHAR(255),
    query TEXT NOT NULL,
    modalities TEXT[],
    file_types TEXT[],
    filters JSONB DEFAULT '{}',
    results_count INTEGER NOT NULL,
    response_time NUMERIC(10, 6),
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE search_analytics (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    date DATE NOT NULL UNIQUE,
    total_searches INTEGER DEFAULT 0,
    unique_users INTEGER DEFAULT 0,
    avg_response_time NUMERIC(10, 6),
    top_queries JSONB DEFAULT '[]',
    modality_usage JSONB DEFAULT '{}',
    file_type_usage JSONB DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Indexes

CREATE INDEX idx_datasets_name ON datasets (name);
CREATE INDEX idx_datasets_status ON datasets (status);
CREATE INDEX idx_datasets_created_by ON datasets (created_by);
CREATE INDEX idx_datasets_created_at ON datasets (created_at);
CREATE INDEX idx_datasets_tags ON datasets USING gin (tags);
CREATE INDEX idx_datasets_metadata ON datasets USING gin (metadata);

CREATE INDEX idx_files_dataset_id ON files (dataset_id);
CREATE INDEX idx_files_path ON files (path);
CREATE INDEX idx_files_file_type ON files (file_type);
CREATE INDEX idx_files_modality ON files (modality);
CREATE INDEX idx_files_hash ON files (hash);
CREATE INDEX idx_files_size ON files (size);
CREATE INDEX idx_files_created_at ON files (created_at);
CREATE INDEX idx_files_metadata ON files USING gin (metadata);
CREATE INDEX idx_files_custom_metadata ON files USING gin (custom_metadata);

CREATE INDEX idx_embeddings_file_id ON embeddings (file_id);
CREATE INDEX idx_embeddings_modality ON embeddings (modality);
CREATE INDEX idx_embeddings_model_id ON embeddings (model_id);
CREATE INDEX idx_embeddings_quality ON embeddings (quality_score);
CREATE INDEX idx_embeddings_metadata ON embeddings USING gin (metadata);

-- One index a modality: a search within one modality does not wade through the others.
CREATE INDEX idx_embeddings_text_hnsw ON embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200)
    WHERE modality = 'text';
CREATE INDEX idx_embeddings_image_hnsw ON embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200)
    WHERE modality = 'image';
CREATE INDEX idx_embeddings_audio_hnsw ON embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200)
    WHERE modality = 'audio';
CREATE INDEX idx_embeddings_data_hnsw ON embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200)
    WHERE modality = 'data';
CREATE INDEX idx_embeddings_multimodal_hnsw ON embeddings
    USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200)
    WHERE modality = 'multimodal';

CREATE INDEX idx_search_history_user_id ON search_history (user_id);
CREATE INDEX idx_search_history_created_at ON search_history (created_at);
CREATE INDEX idx_search_history_query ON search_history USING gin (query gin_trgm_ops);

-- Triggers

CREATE FUNCTION update_dataset_statistics() RETURNS TRIGGER
LANGUAGE plpgsql
AS $$
BEGIN
    -- Whoever holds the lock counts alone, and the next statement sees what the others committed.
    -- NO KEY, because the foreign key of every new file holds a key share lock already; in the
    -- order of ids, so that two files that change places cannot wait for each other.
    PERFORM FROM datasets AS d
    WHERE d.id IN (OLD.dataset_id, NEW.dataset_id)
    ORDER BY d.id
    FOR NO KEY UPDATE;

    UPDATE datasets AS d
    SET (total_files, total_size, file_type_counts, modality_counts) = (
            SELECT
                COALESCE(sum(c.files) FILTER (WHERE c.modality IS NOT NULL), 0),
                COALESCE(sum(c.bytes) FILTER (WHERE c.modality IS NOT NULL), 0),
                COALESCE(
                    jsonb_object_agg(c.file_type, c.files) FILTER (WHERE c.file_type IS NOT NULL),
                    '{}'
                ),
                COALESCE(
                    jsonb_object_agg(c.modality, c.files) FILTER (WHERE c.modality IS NOT NULL),
                    '{}'
                )
            FROM (
                SELECT f.file_type, f.modality, count(*) AS files, sum(f.size) AS bytes
                FROM files AS f
                WHERE f.dataset_id = d.id
                GROUP BY GROUPING SETS ((f.file_type), (f.modality))
            ) AS c
        ),
        -- A dataset that only lost the file has ingested nothing.
        last_ingested = CASE WHEN d.id = NEW.dataset_id THEN now() ELSE d.last_ingested END,
        updated_at = now()
    WHERE d.id IN (OLD.dataset_id, NEW.dataset_id);

    RETURN NULL;
END
$$;

CREATE TRIGGER trigger_update_dataset_statistics
    AFTER INSERT OR UPDATE OR DELETE ON files
    FOR EACH ROW EXECUTE FUNCTION update_dataset_statistics();

CREATE FUNCTION update_file_timestamp() RETURNS TRIGGER
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;

CREATE TRIGGER trigger_update_file_timestamp
    BEFORE UPDATE ON files
    FOR EACH ROW EXECUTE FUNCTION update_file_timestamp();

-- Views

CREATE VIEW dataset_overview AS
SELECT
    d.id,
    d.name,
    d.description,
    d.version,
    d.status,
    d.tags,
    d.total_files,
    d.total_size,
    d.file_type_counts,
    d.modality_counts,
    d.created_at,
    d.updated_at,
    d.created_by,
    count(f.id) AS actual_file_count,
    COALESCE(sum(f.size), 0) AS actual_total_size
FROM datasets AS d
LEFT JOIN files AS f ON f.dataset_id = d.id
GROUP BY d.id;

CREATE VIEW file_details AS
SELECT
    f.*,
    d.name AS dataset_name,
    d.version AS dataset_version,
    count(e.id) AS embedding_count,
    COALESCE(array_agg(DISTINCT e.modality) FILTER (WHERE e.id IS NOT NULL), '{}')
        AS embedding_modalities,
    COALESCE(array_agg(DISTINCT e.model_id) FILTER (WHERE e.id IS NOT NULL), '{}')
        AS embedding_models
FROM files AS f
JOIN datasets AS d ON d.id = f.dataset_id
LEFT JOIN embeddings AS e ON e.file_id = f.id
GROUP BY f.id, d.id;

-- Functions

CREATE FUNCTION search_files_similarity(
    query_embedding VECTOR,
    modality_filter VARCHAR DEFAULT NULL,
    similarity_threshold NUMERIC DEFAULT 0.7,
    limit_count INTEGER DEFAULT 20
) RETURNS TABLE (
    file_id UUID,
    similarity_score NUMERIC,
    file_path TEXT,
    file_type VARCHAR,
    modality VARCHAR,
    dataset_name VARCHAR
)
LANGUAGE plpgsql
AS $$
DECLARE
    -- A query of another dimension is an error here, before any row is compared.
    wanted CONSTANT VECTOR(1536) := query_embedding;
    ef_search CONSTANT INTEGER := current_setting('hnsw.ef_search', true);
BEGIN
    -- An HNSW scan yields ef_search rows at most, however many are asked for.
    PERFORM set_config(
        'hnsw.ef_search',
        GREATEST(ef_search, 2 * LEAST(limit_count, 500))::TEXT,
        true
    );

    RETURN QUERY
    SELECT f.id, s.score, f.path, f.file_type, f.modality, d.name
    FROM (
        -- By distance alone, which is the order that the index gives; ties are settled outside.
        SELECT e.id, e.file_id, e.embedding <=> wanted AS distance
        FROM embeddings AS e
        WHERE modality_filter IS NULL OR e.modality = modality_filter
        ORDER BY e.embedding <=> wanted
        FETCH FIRST (COALESCE(limit_count, 2147483647)) ROWS WITH TIES
    ) AS n
    CROSS JOIN LATERAL (SELECT (1 - n.distance)::NUMERIC AS score) AS s
    JOIN files AS f ON f.id = n.file_id
    JOIN datasets AS d ON d.id = f.dataset_id
    -- A zero vector has no direction: its score is NaN, which compares above every threshold.
    WHERE n.distance <> 'NaN' AND s.score >= similarity_threshold
    ORDER BY n.distance, f.id, n.id
    LIMIT limit_count;

    PERFORM set_config('hnsw.ef_search', ef_search::TEXT, true);
END
$$;

CREATE FUNCTION get_dataset_statistics(dataset_uuid UUID) RETURNS JSONB
LANGUAGE plpgsql
AS $$
BEGIN
    RETURN COALESCE(
        (
            SELECT jsonb_build_object(
                'dataset_id', d.id,
                'name', d.name,
                'version', d.version,
                'status', d.status,
                'total_files', d.total_files,
                'total_size', d.total_size,
                'file_type_distribution', d.file_type_counts,
                'modality_distribution', d.modality_counts,
                'created_at', d.created_at,
                'updated_at', d.updated_at,
                'last_ingested', d.last_ingested,
                'version_count',
                (SELECT count(*) FROM dataset_versions AS v WHERE v.dataset_id = d.id),
                'dependency_count',
                (SELECT count(*) FROM dataset_dependencies AS p WHERE p.dataset_id = d.id)
            )
            FROM datasets AS d
            WHERE d.id = dataset_uuid
        ),
        '{}'
    );
END
$$;

-- Rows

INSERT INTO search_analytics (date, total_searches, unique_users, avg_response_time)
VALUES (CURRENT_DATE, 0, 0, 0);
