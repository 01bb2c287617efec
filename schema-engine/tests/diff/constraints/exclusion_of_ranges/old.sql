CREATE TABLE t (a integer, b tsrange);
