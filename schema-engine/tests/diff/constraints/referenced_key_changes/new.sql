CREATE TABLE p (a bigint, b integer, CONSTRAINT other PRIMARY KEY (a) INCLUDE (b));
CREATE TABLE t (a bigint REFERENCES p);
