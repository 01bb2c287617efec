CREATE TABLE p (a integer, CONSTRAINT k CHECK (a > 0));
CREATE TABLE c (b text) INHERITS (p);
