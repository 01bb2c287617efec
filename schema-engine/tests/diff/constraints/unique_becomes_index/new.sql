CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE t (a integer NOT NULL, b text, p integer);
CREATE UNIQUE INDEX c ON t (b);
