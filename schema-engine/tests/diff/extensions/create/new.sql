CREATE SCHEMA tools;
CREATE EXTENSION vector SCHEMA tools;
CREATE TABLE t (a tools.vector(3));
