CREATE TABLE p (id integer);
CREATE TABLE c () INHERITS (p);
