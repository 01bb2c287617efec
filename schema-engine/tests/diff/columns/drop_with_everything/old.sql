CREATE TABLE t (id integer, a serial UNIQUE, b integer GENERATED ALWAYS AS (id) STORED, CHECK (a > id));
CREATE INDEX t_a ON t (id, a);
CREATE VIEW v AS SELECT id, a FROM t;
