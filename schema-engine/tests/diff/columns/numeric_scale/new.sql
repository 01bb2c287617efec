CREATE TABLE t (id integer, a numeric(12,4));
