CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE t (a integer NOT NULL, b text, p integer);
ALTER TABLE t ADD CONSTRAINT c UNIQUE (b) WITH (fillfactor = 50);
COMMENT ON INDEX c IS 'backs it';
