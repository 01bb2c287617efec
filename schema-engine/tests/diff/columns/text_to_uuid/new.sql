CREATE TABLE t (id integer, a uuid);
