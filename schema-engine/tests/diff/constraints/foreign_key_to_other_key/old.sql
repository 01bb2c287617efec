CREATE TABLE p (a integer PRIMARY KEY, b integer);
CREATE TABLE t (a integer, CONSTRAINT k FOREIGN KEY (a) REFERENCES p (a));
