CREATE EXTENSION vector;
CREATE TABLE t (a vector(4));
