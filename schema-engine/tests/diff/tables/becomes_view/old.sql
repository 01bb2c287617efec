CREATE TABLE u (a integer);
CREATE TABLE t (a integer);
