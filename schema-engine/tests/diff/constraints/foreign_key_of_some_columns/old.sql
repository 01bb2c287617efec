CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE t (a integer, b integer);
