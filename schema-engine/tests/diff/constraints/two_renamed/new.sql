CREATE TABLE t (a integer, b integer, CONSTRAINT v UNIQUE (a), CONSTRAINT w UNIQUE (b));
