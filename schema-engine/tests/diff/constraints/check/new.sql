CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE t (a integer NOT NULL, b text, p integer);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1) NO INHERIT;
