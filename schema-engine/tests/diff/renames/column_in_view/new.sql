CREATE TABLE t (b integer, n text);
CREATE VIEW v AS SELECT b AS a, n FROM t;
