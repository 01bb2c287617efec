CREATE DOMAIN amount AS integer CHECK (VALUE > 0);
CREATE TABLE t (a amount DEFAULT 1, b amount[]);
INSERT INTO t VALUES (5, '{6}');
