CREATE TABLE t (a integer, b text);
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT a FROM t;
