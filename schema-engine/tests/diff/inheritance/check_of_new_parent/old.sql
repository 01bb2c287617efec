CREATE TABLE c (id integer, CONSTRAINT k CHECK (id > 0));
CREATE TABLE d (id integer);
