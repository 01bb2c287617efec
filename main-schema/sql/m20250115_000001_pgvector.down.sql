-- Drops the extension vector if this migration created it. Loses no rows.
--
-- Without CASCADE: a vector column of another table is an error and stays.

DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_extension
        WHERE extname = 'vector'
            AND obj_description(oid, 'pg_extension') = 'created by m20250115_000001_pgvector'
    ) THEN
        DROP EXTENSION vector;
    END IF;
END
$$;
