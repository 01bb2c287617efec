CREATE TABLE t (a integer, b bigint DEFAULT 1);
