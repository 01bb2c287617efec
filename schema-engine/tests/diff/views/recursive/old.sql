CREATE TABLE t (id integer, up integer);
