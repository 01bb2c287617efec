CREATE TABLE p (id integer, CONSTRAINT l CHECK (id > 0));
CREATE TABLE c (n integer) INHERITS (p);
