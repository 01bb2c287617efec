CREATE TABLE t (id integer, a timestamptz(3));
