CREATE TABLE t (a integer, b integer, CONSTRAINT x CHECK (a > 0), CONSTRAINT y CHECK (b > 0));
