CREATE TYPE address AS (street text COLLATE "C", "No." integer);
COMMENT ON TYPE address IS 'a place';
COMMENT ON COLUMN address."No." IS 'of the house';
