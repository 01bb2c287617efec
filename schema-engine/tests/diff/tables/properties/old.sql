CREATE TABLE t (id integer PRIMARY KEY) WITH (fillfactor = 50, autovacuum_enabled = false);
