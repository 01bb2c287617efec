-- Creates the extension vector, which the embedding columns need, where it is missing.
--
-- `down` drops the extension only if this migration created it, as its comment tells.
-- Hazard: CREATE EXTENSION needs a superuser, or the CREATE privilege on the database where
-- the extension is trusted; `setup` can create it beforehand.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN
        CREATE EXTENSION vector;
        COMMENT ON EXTENSION vector IS 'created by m20250115_000001_pgvector';
    END IF;
END
$$;
