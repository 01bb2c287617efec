CREATE TABLE t (id integer, a timestamp);
