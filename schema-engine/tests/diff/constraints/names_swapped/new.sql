CREATE TABLE t (a integer, b integer, CONSTRAINT y CHECK (a > 0), CONSTRAINT x CHECK (b > 0));
