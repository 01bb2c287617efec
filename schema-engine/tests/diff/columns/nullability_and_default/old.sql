CREATE TABLE t (a integer NOT NULL, b integer DEFAULT 1, c integer DEFAULT 1);
