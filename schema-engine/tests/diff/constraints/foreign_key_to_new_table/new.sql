CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE t (a integer NOT NULL, b text, p integer);
CREATE TABLE a_new (a integer, b integer, PRIMARY KEY (a, b));
ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (p, a) REFERENCES a_new ON DELETE SET NULL (p);
