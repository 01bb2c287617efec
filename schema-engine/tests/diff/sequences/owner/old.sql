CREATE TABLE t (id integer);
CREATE SEQUENCE s OWNED BY t.id;
CREATE TABLE u (id integer);
