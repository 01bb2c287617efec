CREATE TABLE t (a integer NOT NULL, b integer, CONSTRAINT k UNIQUE (a));
