CREATE TABLE p (id integer, CONSTRAINT k CHECK (id > 0));
CREATE TABLE c (n integer, CONSTRAINT l CHECK (n > 0)) INHERITS (p);
