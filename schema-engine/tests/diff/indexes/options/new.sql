CREATE EXTENSION pg_trgm;
CREATE EXTENSION vector;
CREATE TABLE t (a integer, b text, c jsonb, d vector(3));
CREATE INDEX x ON t (a);
CREATE INDEX y ON t USING gin (c) WITH (gin_pending_list_limit = 128);
COMMENT ON INDEX y IS 'keys';
