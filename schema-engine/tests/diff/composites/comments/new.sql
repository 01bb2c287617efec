CREATE TYPE a AS (x integer, y text COLLATE "C");
COMMENT ON TYPE a IS 'both';
COMMENT ON COLUMN a.x IS 'first';
