CREATE TABLE t (a integer);
CREATE INDEX x ON t (a);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'x'::regclass;
