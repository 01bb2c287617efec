CREATE TABLE t (a integer, n text);
CREATE VIEW v AS SELECT a, n FROM t;
