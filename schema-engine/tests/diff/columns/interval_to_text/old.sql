CREATE TABLE t (id integer, a interval);
