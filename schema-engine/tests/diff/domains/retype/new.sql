CREATE DOMAIN amount AS bigint CHECK (VALUE > 0);
CREATE TABLE t (a amount DEFAULT 1, b amount[]);
