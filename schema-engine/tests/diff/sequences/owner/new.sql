CREATE TABLE u (id integer);
CREATE SEQUENCE s OWNED BY u.id;
CREATE TABLE t (id integer);
