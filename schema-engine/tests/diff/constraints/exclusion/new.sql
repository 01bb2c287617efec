CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE t (a integer NOT NULL, b text, p integer);
ALTER TABLE t ADD CONSTRAINT c EXCLUDE USING btree (a WITH =, b WITH =) WHERE (a > 1) DEFERRABLE;
