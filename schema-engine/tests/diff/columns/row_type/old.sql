CREATE TABLE p (a integer);
CREATE TABLE t (x integer);
