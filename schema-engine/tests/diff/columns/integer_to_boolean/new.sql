CREATE TABLE t (id integer, a boolean);
