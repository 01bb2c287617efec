CREATE TABLE t (a integer);
CREATE INDEX y ON t (a);
COMMENT ON INDEX y IS 'by a';
