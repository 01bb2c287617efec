CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE t (a integer NOT NULL, b text, p integer);
ALTER TABLE t ADD CONSTRAINT c PRIMARY KEY (a) INCLUDE (b);
COMMENT ON CONSTRAINT c ON t IS 'the key';
